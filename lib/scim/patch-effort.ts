import { invalid } from "./invalid.ts";

/** The elements of a group of a thousand, for an operation on each of them, and half as much again. */
const most = 1_500_000;

/** What the operations of one PATCH may cost together: each may look at every element of a list. */
export interface Effort {
  /** Counts elements that are looked at; refuses when they are too many. */
  spend(elements: number): void;
  /** What the elements of a list are known by, worked out once for as long as none of them changes. */
  marks(list: readonly unknown[], markOf: (one: unknown) => string): Set<string>;
  /** Elements of the list are about to change. */
  change(list: readonly unknown[]): void;
}

export function newEffort(): Effort {
  const known = new WeakMap<readonly unknown[], Set<string>>();
  let left = most;
  const spend = (elements: number) => {
    left -= elements;
    if (left < 0) throw invalid("invalidValue", "Send fewer operations on long lists at once.");
  };
  return {
    spend,
    marks(list, markOf) {
      const present = known.get(list);
      if (present) return present;
      spend(list.length);
      const marks = new Set(list.map(markOf));
      known.set(list, marks);
      return marks;
    },
    change: (list) => void known.delete(list),
  };
}
