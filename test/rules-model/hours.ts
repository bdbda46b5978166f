import type { Window } from "#lib/access/index.ts";
import { isInside } from "#lib/access/reference/reference-time.ts";

/** Hours that are written: one of them is part of another. */
const night: Window = { days: [1, 2, 3, 4, 5, 6, 7], from: "20:00", to: "06:00", timeZone: "UTC" };
const office: Window = { days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00", timeZone: "UTC" };
const morning: Window = { ...office, from: "09:00", to: "12:00" };
export const hours = [night, office, morning];

export const isOpen = (window: Window, at: number): boolean => isInside(window, at) === "yes";

const halfAnHour = 1_800_000;
const week = Array.from({ length: 336 }, (_, count) => Date.UTC(2026, 2, 2) + count * halfAnHour);
const known = new Map<string, boolean>();

/** Is the one open only while the other is? */
function isWithinOne(narrow: Window, wide: Window): boolean {
  const question = JSON.stringify([narrow, wide]);
  const answer = known.get(question) ?? week.every((at) => !isOpen(narrow, at) || isOpen(wide, at));
  known.set(question, answer);
  return answer;
}

/** Of several all must be open. They are compared one by one: what only two together imply is a doubt, and a doubt is a no. */
export const isWithin = (narrow: readonly Window[], wide: readonly Window[]): boolean =>
  wide.every((outer) => narrow.some((inner) => isWithinOne(inner, outer)));

/** No hours: always. */
export const asList = (window: Window | null | undefined): Window[] => (window ? [window] : []);
