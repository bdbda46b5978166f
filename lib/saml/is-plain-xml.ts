import { xmlLimits } from "./xml-limits.ts";

const name = "[A-Za-z_\\u00c0-\\uffff][\\w.\\-\\u00b7-\\uffff]*";
const qualified = `${name}(?::${name})?`;
const opening = new RegExp(`<(${qualified})`, "y");
const attribute = new RegExp(`\\s+(${qualified})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, "y");
const ending = /\s*(\/?)>/y;
const closing = new RegExp(`</(${qualified})\\s*>`, "y");
const references = /&(?!(?:lt|gt|amp|apos|quot|#\d{1,7}|#x[\da-fA-F]{1,6});)/;
/** What XML does not allow, and the ends of lines that readers take differently. */
const foreign = /(?![\t\n\r])[\p{Cc}\u2028\u2029\ufffe\uffff]/u;

/**
 * Whether a text is one tree of elements, properly nested, with a declaration at most before it, within the limits.
 * No section, comment, instruction or document type is plain. The text is gone through once.
 */
export function isPlainXml(text: string): boolean {
  if (text.length > xmlLimits.characters || foreign.test(text) || references.test(text)) return false;
  const open: { name: string; attributes: number }[] = [];
  const names = new Set<string>();
  let [elements, attributes] = [0, 0];
  let at = afterDeclaration(text);
  if (text[at] !== "<") return false;
  for (; at >= 0; at = text.indexOf("<", at)) {
    if (elements > 0 && open.length === 0) return false;
    const end = matched(closing, text, at);
    if (end) {
      if (open.pop()?.name !== end[1]) return false;
      at = closing.lastIndex;
      continue;
    }
    const start = matched(opening, text, at);
    if (!start?.[1]) return false;
    names.add(start[1]);
    elements += 1;
    let [own, position] = [0, opening.lastIndex];
    for (let one = matched(attribute, text, position); one?.[1]; one = matched(attribute, text, position)) {
      names.add(one[1]);
      own += 1;
      position = attribute.lastIndex;
    }
    attributes += own;
    const last = matched(ending, text, position);
    if (!last) return false;
    at = ending.lastIndex;
    const inScope = own + (open.at(-1)?.attributes ?? 0);
    if (
      elements > xmlLimits.elements ||
      attributes > xmlLimits.attributes ||
      names.size > xmlLimits.names ||
      inScope > xmlLimits.attributesInScope ||
      open.length > xmlLimits.depth
    )
      return false;
    if (last[1] === "") open.push({ name: start[1], attributes: inScope });
  }
  return elements > 0 && open.length === 0 && text.slice(text.lastIndexOf(">") + 1).trim() === "";
}

function matched(what: RegExp, text: string, at: number): RegExpExecArray | null {
  what.lastIndex = at;
  return what.exec(text);
}

/** Where the first element has to begin. */
function afterDeclaration(text: string): number {
  const space = /\s*(?:<\?xml\s[^<>?]{0,200}\?>\s*)?/y;
  return matched(space, text, 0)?.[0].length ?? 0;
}
