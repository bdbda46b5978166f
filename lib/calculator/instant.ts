import { offsetAt } from "#lib/access/index.ts";

const wallTime = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)$/;
const withOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** What the database can store and every clock can show. */
const earliest = Date.UTC(1900, 0, 1);

/**
 * The instant that a date and time mean: in the zone (IANA name), unless they carry an offset of their own.
 * An hour that daylight saving skips is the one after it, one that comes twice is the first.
 * @returns epoch milliseconds, or undefined for what is no date and time, or no zone
 */
export function instantOf(text: string, zone = "UTC"): number | undefined {
  if (!exists(text.slice(0, 10))) return undefined;
  const at = withOffset.test(text) ? Date.parse(text) : wallInstant(text, zone);
  return Number.isNaN(at) || at < earliest ? undefined : at;
}

function wallInstant(text: string, zone: string): number {
  const match = wallTime.exec(text);
  const local = match ? Date.parse(`${match[1]}Z`) : Number.NaN;
  // The offset of the day before and of the day after: around a change one of them fits, or neither.
  const day = 86_400_000;
  const [earlier, later] = [offsetAt(zone, local - day), offsetAt(zone, local + day)];
  const fitting = [local - earlier, local - later].filter((at) => at + offsetAt(zone, at) === local);
  return fitting.length > 0 ? Math.min(...fitting) : local - earlier;
}

/** JavaScript reads the 30th of February as a day in March. */
function exists(day: string): boolean {
  const at = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}
