const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

const exactly = new Intl.RelativeTimeFormat("en");
const loosely = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** "3 hours ago", "in 2 weeks", "just now". */
export function relativeTime(at: Date, now: number): string {
  const seconds = Math.round((at.getTime() - now) / 1000);
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) < size) continue;
    // "yesterday" says what it means, "last month" may be three days ago.
    return (unit === "day" ? loosely : exactly).format(Math.trunc(seconds / size), unit);
  }
  return "just now";
}

/** "Sunday, 22 November 2026 at 05:06:09 CET": the reader's own zone, named. */
export function exactTime(at: Date): string {
  return at.toLocaleString("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  });
}

/** "22 Nov 2026", in the reader's own zone unless another is named. */
export function plainDate(at: Date, timeZone?: string): string {
  return at.toLocaleDateString("en-GB", { timeZone, day: "numeric", month: "short", year: "numeric" });
}
