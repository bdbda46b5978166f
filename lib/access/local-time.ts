import { dayLength, isInstant } from "./instants.ts";

interface Clock {
  format: Intl.DateTimeFormat;
  /** The offset at the midnights (UTC) asked about lately, by day. */
  midnights: Map<number, number>;
}

const clocks = new Map<string, Clock | undefined>();

function newClock(timeZone: string): Clock | undefined {
  try {
    // Without this, a missing zone would mean the zone of this machine.
    if (typeof timeZone !== "string") return undefined;
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    return { format, midnights: new Map() };
  } catch {
    return undefined;
  }
}

function clockOf(timeZone: string): Clock | undefined {
  const known = clocks.get(timeZone);
  if (known !== undefined || clocks.has(timeZone)) return known;
  if (clocks.size >= 1000) clocks.clear();
  const clock = newClock(timeZone);
  clocks.set(timeZone, clock);
  return clock;
}

function measure(format: Intl.DateTimeFormat, at: number): number {
  if (!isInstant(at)) return Number.NaN;
  const wall = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of format.formatToParts(at))
    if (type in wall) wall[type as keyof typeof wall] = Number(value);
  const local = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  const offset = local - Math.floor(at / 1000) * 1000;
  // Years before 1000 read back as other years: no zone is that far from UTC.
  return Math.abs(offset) <= 26 * 3_600_000 ? offset : Number.NaN;
}

function atMidnight({ format, midnights }: Clock, day: number): number {
  let offset = midnights.get(day);
  if (offset === undefined) {
    if (midnights.size >= 1000) midnights.clear();
    offset = measure(format, day * dayLength);
    midnights.set(day, offset);
  }
  return offset;
}

/**
 * How far the zone's wall clock is ahead of UTC at an instant, in milliseconds; NaN for a zone or instant that does not exist.
 * No zone ever changed its offset twice within three days, so one that is the same at both ends of a day held all day.
 */
export function offsetAt(timeZone: string, at: number): number {
  const clock = isInstant(at) ? clockOf(timeZone) : undefined;
  if (clock === undefined) return Number.NaN;
  const day = Math.floor(at / dayLength);
  const offset = atMidnight(clock, day);
  return offset === atMidnight(clock, day + 1) ? offset : measure(clock.format, at);
}

/** Whether this is a time zone that windows can be reckoned in (IANA name). */
export const isTimeZone = (timeZone: string): boolean => clockOf(timeZone) !== undefined;
