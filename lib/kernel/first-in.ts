import { once } from "./registry.ts";

interface Noted {
  since: number;
  keys: Set<string>;
}

const mostKeys = 100;

/**
 * Whether nothing of this `kind` and `key` came in this period before: for lines of the log that strangers cause. After a
 * hundred keys of a period there is no first one any more, so that plenty of keys are no way around it.
 * @param period milliseconds, counted from the first one
 */
export function firstIn(period: number, kind: string, key = ""): boolean {
  const kinds = once("first in", () => new Map<string, Noted>());
  const now = Date.now();
  let noted = kinds.get(kind);
  if (!noted || now - noted.since >= period) {
    noted = { since: now, keys: new Set() };
    kinds.set(kind, noted);
  }
  if (noted.keys.has(key) || noted.keys.size >= mostKeys) return false;
  noted.keys.add(key);
  return true;
}
