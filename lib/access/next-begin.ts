import type { Window } from "./catalogue.ts";
import { dayLength, isInstant } from "./instants.ts";
import { offsetAt } from "./local-time.ts";
import type { AssignmentSource } from "./model.ts";
import { minutesOf, windowState } from "./windows.ts";

/** A window opens weekly; daylight saving or a skipped day can swallow one opening, so two weeks and a day are searched. */
const horizonDays = 15;

/** The first instant in (after, until] at which the zone's offset is no longer that of `after`. */
function offsetChange(timeZone: string, after: number, until: number): number {
  const before = offsetAt(timeZone, after);
  let low = after;
  let high = until;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timeZone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** Midnight, `from` and `to` of every local day in reach: between two of them, or a change of offset, a window does not change. */
function* edges(window: Window, after: number): Generator<number> {
  for (let day = 0, begin = after; day < horizonDays; day++, begin += dayLength) {
    const end = begin + dayLength;
    const change =
      offsetAt(window.timeZone, begin) === offsetAt(window.timeZone, end)
        ? end
        : offsetChange(window.timeZone, begin, end);
    const found = [change];
    for (const [from, to] of [
      [begin, change],
      [change, end],
    ] as const) {
      const offset = offsetAt(window.timeZone, from);
      const midnight = Math.floor((from + offset) / dayLength) * dayLength;
      for (const minutes of [0, minutesOf(window.from), minutesOf(window.to)])
        for (const local of [midnight + minutes * 60_000, midnight + dayLength + minutes * 60_000]) {
          const at = local - offset;
          if (at > from && at <= to) found.push(at);
        }
    }
    yield* found.sort((a, b) => a - b);
  }
}

/** When the window is open next: `after` itself or later; undefined if not within two weeks. */
export function nextOpening(window: Window, after: number): number | undefined {
  const state = windowState(window, after);
  if (state === "open") return after;
  if (state === "invalid") return undefined;
  for (const at of edges(window, after)) if (windowState(window, at) === "open") return at;
  return undefined;
}

/** When an open window closes next; undefined if it is not open, or not within two weeks. */
export function nextClosing(window: Window, after: number): number | undefined {
  if (windowState(window, after) !== "open") return undefined;
  for (const at of edges(window, after)) if (windowState(window, at) === "closed") return at;
  return undefined;
}

/**
 * When an assignment is active next, at `at` or later: its start, its own window and its role's must all agree.
 * @returns epoch milliseconds, or undefined: ended by then, times that cannot be reckoned, or not within two weeks of openings
 */
export function nextBegin(
  assignment: AssignmentSource,
  roleWindow: Window | undefined,
  at: number,
): number | undefined {
  const { start, end } = assignment;
  const windows = [assignment.window, roleWindow].filter((window) => window !== undefined);
  const limit = Math.max(at, start ?? at);
  let next = limit;
  while (isInstant(next) && next <= limit + horizonDays * dayLength) {
    if (end !== undefined && !(next < end)) return undefined;
    const closed = windows.find((window) => windowState(window, next) !== "open");
    if (closed === undefined) return next;
    const opening = nextOpening(closed, next);
    if (opening === undefined || opening <= next) return undefined;
    next = opening;
  }
  return undefined;
}
