import type { Window } from "./catalogue.ts";
import { dayLength } from "./instants.ts";
import { isTimeZone } from "./local-time.ts";
import { isOpenAtLocal, minutesOf } from "./windows.ts";

/**
 * Whether `wide` is open whenever `narrow` is. A yes is certain; windows of two zones are not compared.
 * A week of wall time is enough: between two edges neither changes.
 */
export function windowCovers(wide: Window, narrow: Window): boolean {
  if (wide.timeZone !== narrow.timeZone || !isTimeZone(wide.timeZone)) return false;
  const edges = [0, ...[wide.from, wide.to, narrow.from, narrow.to].map(minutesOf)];
  if (edges.some(Number.isNaN) || !Array.isArray(wide.days) || !Array.isArray(narrow.days)) return false;
  for (let day = 0; day < 7; day++)
    for (const minutes of edges) {
      const local = day * dayLength + minutes * 60_000;
      if (isOpenAtLocal(narrow, local) && !isOpenAtLocal(wide, local)) return false;
    }
  return true;
}
