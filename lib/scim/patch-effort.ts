import { type Attributes, isAttributes } from "./attributes.ts";
import { invalid } from "./invalid.ts";

/** The elements of a group of a thousand, for an operation on each of them, and half as much again. */
const most = 1_500_000;
/** Characters that are as dear as a value. */
const characters = 8;

/** What the operations of one PATCH may cost together, counted in values looked at, and spent before they are. */
export interface Effort {
  /** Refuses when it comes to too much. */
  spend(values: number): void;
  /** How many values something is, with all that is in it: that many have been spent by then. */
  weigh(value: unknown): number;
  /** The object's own name for an attribute, which counts in any case; undefined where it has none. */
  nameIn(of: Attributes, called: string): string | undefined;
  /** What something is known by. Of an object it is worked out once, for as long as it does not change. */
  mark(one: unknown, by: Mark): string;
  /** The marks of the elements of a list, kept while the list grows. */
  marks(list: readonly unknown[], by: Mark): Set<string>;
  /** These elements of a list are about to change. */
  change(list: readonly unknown[], elements: readonly object[]): void;
}
type Mark = (one: unknown) => unknown;

export const weightOf = (text: string) => 1 + Math.ceil(text.length / characters);

export function newEffort(): Effort {
  const ofElements = new Map<Mark, WeakMap<object, string>>();
  const ofLists = new WeakMap<readonly unknown[], Set<string>>();
  let left = most;

  const spend = (values: number) => {
    left -= values;
    if (left < 0) throw invalid("invalidValue", "Send fewer or smaller operations at once.");
  };
  const weigh = (value: unknown) => {
    const before = left;
    const waiting = [value];
    while (waiting.length > 0) {
      const next = waiting.pop();
      spend(typeof next === "string" ? weightOf(next) : 1);
      if (Array.isArray(next)) for (const one of next) waiting.push(one);
      else if (isAttributes(next))
        for (const [name, one] of Object.entries(next)) {
          spend(weightOf(name));
          waiting.push(one);
        }
    }
    return before - left;
  };
  const mark = (one: unknown, by: Mark) => {
    const known = ofElements.get(by) ?? new WeakMap();
    ofElements.set(by, known);
    const found = typeof one === "object" && one ? known.get(one) : undefined;
    if (found !== undefined) return found;
    weigh(one);
    const made = JSON.stringify(by(one));
    if (typeof one === "object" && one) known.set(one, made);
    return made;
  };
  return {
    spend,
    weigh,
    mark,
    nameIn(of, called) {
      if (Object.hasOwn(of, called)) return called;
      const names = Object.keys(of);
      spend(names.length * weightOf(called));
      const wanted = called.toLowerCase();
      return names.find((one) => one.length === called.length && one.toLowerCase() === wanted);
    },
    marks(list, by) {
      const present = ofLists.get(list);
      if (present) return present;
      spend(list.length);
      const marks = new Set(list.map((one) => mark(one, by)));
      ofLists.set(list, marks);
      return marks;
    },
    change(list, elements) {
      ofLists.delete(list);
      for (const known of ofElements.values()) for (const one of elements) known.delete(one);
    },
  };
}
