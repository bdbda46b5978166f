export interface JsonBounds {
  /** How many values there may be, each list and object being one, too. */
  values: number;
  /** How many lists and objects may stand within each other. */
  depth: number;
}

/** What bound JSON exceeds; nobody parsed it. */
export class JsonTooLarge extends Error {
  readonly bound: keyof JsonBounds;
  constructor(bound: keyof JsonBounds) {
    super(`too many ${bound}`);
    this.bound = bound;
  }
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];

/**
 * Parses JSON that came from outside. Its values are counted before: parsing takes time and memory by the value, so that
 * four megabytes of `{},` would hold up everybody, and four megabytes of text nobody.
 * @throws JsonTooLarge; SyntaxError
 */
export function readJson(sent: string | Uint8Array, bounds: JsonBounds): unknown {
  refuseLarge(typeof sent === "string" ? Buffer.from(sent) : sent, bounds);
  return JSON.parse(typeof sent === "string" ? sent : new TextDecoder().decode(sent));
}

/**
 * Refuses JSON that a package would parse. Each value is the first one, or follows a comma, or opens what is not empty.
 * @throws JsonTooLarge
 */
export function refuseLarge(bytes: Uint8Array, { values, depth }: JsonBounds): void {
  let [counted, open, opened, inText] = [1, 0, false, false];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (inText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inText = false;
      continue;
    }
    if (isSpace(byte)) continue;
    const closes = isClosing(byte);
    if (byte === comma || (opened && !closes)) counted += 1;
    opened = isOpening(byte);
    if (opened) open += 1;
    else if (closes) open -= 1;
    else inText = byte === quote;
    if (counted > values) throw new JsonTooLarge("values");
    if (open > depth) throw new JsonTooLarge("depth");
  }
}

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const isOpening = (byte: number): boolean => byte === 0x5b || byte === 0x7b;
const isClosing = (byte: number): boolean => byte === 0x5d || byte === 0x7d;
