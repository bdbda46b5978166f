import type { Window } from "./catalogue.ts";
import { dayLength } from "./instants.ts";
import { offsetAt } from "./local-time.ts";

/** `invalid`: nobody can tell, so the window gives nothing; what takes rights away still holds. */
export type WindowState = "open" | "closed" | "invalid";

function digit(clock: string, place: number): number {
  const value = clock.charCodeAt(place) - 48;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

/** Minutes since midnight of a local time such as 08:30; NaN if it is none. */
export function minutesOf(clock: string): number {
  if (clock?.length !== 5 || clock[2] !== ":") return Number.NaN;
  const hours = digit(clock, 0) * 10 + digit(clock, 1);
  const minutes = digit(clock, 3) * 10 + digit(clock, 4);
  return minutes <= 59 && hours * 60 + minutes <= 1440 ? hours * 60 + minutes : Number.NaN;
}

/** ISO weekday, Monday 1 to Sunday 7, of a day counted from 1970-01-01 (a Thursday). */
const weekday = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/**
 * Whether a wall clock showing `local` (milliseconds as if it were UTC) is inside the window.
 * Past midnight the day on which the window opened counts.
 */
export function isOpenAtLocal(window: Window, local: number): boolean {
  const from = minutesOf(window.from);
  const to = minutesOf(window.to);
  const day = Math.floor(local / dayLength);
  const minute = Math.floor((local - day * dayLength) / 60_000);
  const today = window.days.includes(weekday(day));
  if (from === to) return today;
  if (from < to) return today && minute >= from && minute < to;
  return (today && minute >= from) || (minute < to && window.days.includes(weekday(day - 1)));
}

/**
 * Whether `at` is inside allowed hours and days, by the wall clock of the window's time zone:
 * hours that daylight saving skips never come, hours that it repeats come twice.
 * @param window days, `from`, `to` and an IANA time zone; equal times mean the whole day
 * @param at epoch milliseconds
 * @returns `invalid` for a zone, time or instant that does not exist; never throws
 */
export function windowState(window: Window, at: number): WindowState {
  if (window == null || !Array.isArray(window.days)) return "invalid";
  const offset = offsetAt(window.timeZone, at);
  if (Number.isNaN(offset + minutesOf(window.from) + minutesOf(window.to))) return "invalid";
  return isOpenAtLocal(window, at + offset) ? "open" : "closed";
}
