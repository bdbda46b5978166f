import { describeWindow } from "#lib/access/describe-window.ts";
import type { HoursView } from "#lib/assignments/schema.ts";

/** "30 Nov 2026, 18:00" on the clock of a zone; the reader's own where none is named. */
export function instantWords(at: Date, timeZone?: string): string {
  return at.toLocaleString("en-GB", {
    timeZone,
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
}

/** "today 18:00", "tomorrow 08:00", "Mon 08:00" within a week, else the whole instant. */
export function soonWords(at: Date, now: number, timeZone?: string): string {
  const day = (instant: Date) => instant.toLocaleDateString("en-CA", { timeZone });
  const clock = at.toLocaleTimeString("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  if (day(at) === day(new Date(now))) return `today ${clock}`;
  if (day(at) === dayAfter(day(new Date(now)))) return `tomorrow ${clock}`;
  if (Math.abs(at.getTime() - now) < 6.5 * 86_400_000)
    return `${at.toLocaleDateString("en-GB", { timeZone, weekday: "short" })} ${clock}`;
  return instantWords(at, timeZone);
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

interface Times {
  startsAt: Date | null;
  endsAt: Date | null;
  window: HoursView | null;
  /** Hours of the role itself. */
  roleWindow?: HoursView | null;
  place?: string | null;
}

/** What limits an assignment, a phrase each: "from …", "until …", hours, "in Europe". None: for good. */
export function validityPhrases(times: Times, now: number, timeZone?: string): string[] {
  const { startsAt, endsAt, window, roleWindow, place } = times;
  return [
    startsAt && startsAt.getTime() > now && `from ${instantWords(startsAt, timeZone)}`,
    endsAt && `until ${instantWords(endsAt, timeZone)}`,
    window && describeWindow(window),
    roleWindow && `role hours ${describeWindow(roleWindow)}`,
    place && `in ${place}`,
  ].filter((phrase) => typeof phrase === "string");
}
