import { once } from "./registry.ts";

const minute = 60_000;
const mostOfKind = 20;
const mostKinds = 100;

interface Kind {
  lines: number;
  leftOut: number;
  /** Of the last bug of this kind that has a line. */
  reference?: string;
}

type Sum = (leftOut: number) => void;

/**
 * How much of a log one kind of line is: strangers who make the console write something, whatever it is, do not fill a
 * disk with it. What is left out of a minute is counted at its end.
 */
class LineBound {
  readonly #kinds = new Map<string, Kind>();

  /** Whether there is room for another line of this kind. @param sum writes how many were left out, when there were any */
  admits(kind: string, sum: Sum): boolean {
    const found = this.#kinds.get(this.#nameOf(kind)) ?? this.#open(this.#nameOf(kind), sum);
    if (found.lines >= mostOfKind) {
      found.leftOut += 1;
      return false;
    }
    found.lines += 1;
    return true;
  }

  /** The reference that leads to a bug of this kind, when another one would have no line. */
  reference(kind: string): string | undefined {
    const found = this.#kinds.get(this.#nameOf(kind));
    return found && found.lines >= mostOfKind ? found.reference : undefined;
  }

  keepReference(kind: string, reference: string): void {
    const found = this.#kinds.get(this.#nameOf(kind));
    if (found?.leftOut === 0) found.reference = reference;
  }

  #nameOf(kind: string): string {
    return this.#kinds.has(kind) || this.#kinds.size < mostKinds ? kind : "others";
  }

  #open(name: string, sum: Sum): Kind {
    const made: Kind = { lines: 0, leftOut: 0 };
    this.#kinds.set(name, made);
    setTimeout(() => {
      this.#kinds.delete(name);
      if (made.leftOut > 0) sum(made.leftOut);
    }, minute).unref();
    return made;
  }
}

/** The bound of the process's log. */
export const lineBound = (): LineBound => once("line bound", () => new LineBound());

/**
 * What is alike: the words of a line, and where its error came from. Nothing that was sent makes it another kind: `provider`
 * is of one that there is, so that what strangers make up about one hides no line of another.
 */
export function kindOfLine(facts: unknown, text: unknown): string {
  const { where, reason, provider, code, failure, err } = (
    typeof facts === "object" && facts !== null ? facts : {}
  ) as Facts;
  if (err instanceof Error) return `${text} ${err.name} ${/\n\s+at .*/.exec(err.stack ?? "")?.[0] ?? ""}`;
  // Packages put what was sent into their words.
  const words =
    where === "package"
      ? String(text)
          .replace(/["'`].*|\w*\d\w*/g, "0")
          .slice(0, 24)
      : text;
  return [words, where, reason, provider, ...[code, failure].filter(isCode)].join(" ");
}

/** A name that a program gives, such as ECONNREFUSED. */
const isCode = (value: unknown): boolean => typeof value === "string" && /^[A-Z][A-Z0-9_]{0,60}$/.test(value);

interface Facts {
  where?: string;
  reason?: string;
  provider?: string;
  /** Of an error that has no line of its own. */
  code?: unknown;
  /** What a package gave up on. */
  failure?: unknown;
  err?: unknown;
}
