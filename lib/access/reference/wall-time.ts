/**
 * Wall clocks of a few zones from their published daylight-saving rules, valid for the years that the tests use
 * (2011-11 to 2012-12 and 2024 to 2027). Shares nothing with the engine, which asks Intl.
 */
const hour = 3_600_000;

const sundays = new Map<string, number>();

/** The nth Sunday of a month (1 first, -1 last) at a time in UTC; `shift` days when UTC is still on Saturday. */
function sunday(...rule: Parameters<typeof reckonSunday>): number {
  const name = rule.join();
  if (!sundays.has(name)) sundays.set(name, reckonSunday(...rule));
  return sundays.get(name) as number;
}

function reckonSunday(year: number, month: number, nth: 1 | 2 | -1, utcHour: number, shift = 0): number {
  const days: number[] = [];
  for (let day = 1; day <= 31; day++) {
    const date = new Date(Date.UTC(year, month - 1, day));
    if (date.getUTCMonth() === month - 1 && date.getUTCDay() === 0) days.push(day);
  }
  const day = nth === -1 ? days[days.length - 1] : days[nth - 1];
  return Date.UTC(year, month - 1, (day as number) + shift) + utcHour * hour;
}

const yearOf = (at: number) => new Date(at).getUTCFullYear();

/** Hours ahead of UTC. */
const offsets: Record<string, (at: number) => number> = {
  UTC: () => 0,
  "Asia/Kathmandu": () => 5.75,
  "Europe/Berlin": (at) => {
    const year = yearOf(at);
    return at >= sunday(year, 3, -1, 1) && at < sunday(year, 10, -1, 1) ? 2 : 1;
  },
  "America/New_York": (at) => {
    const year = yearOf(at);
    return at >= sunday(year, 3, 2, 7) && at < sunday(year, 11, 1, 6) ? -4 : -5;
  },
  "Australia/Lord_Howe": (at) => {
    const year = yearOf(at);
    const winter = at >= sunday(year, 4, 1, 15, -1) && at < sunday(year, 10, 1, 15.5, -1);
    return winter ? 10.5 : 11;
  },
  "Pacific/Apia": (at) => {
    if (at < Date.parse("2011-12-30T10:00:00Z")) return -10;
    if (at < Date.parse("2012-03-31T14:00:00Z")) return 14;
    if (at < Date.parse("2012-09-29T14:00:00Z")) return 13;
    return at < Date.parse("2013-04-06T14:00:00Z") ? 14 : 13;
  },
};

export const referenceZones = Object.keys(offsets);

/** Instants at which one of these clocks jumps. */
export const jumps: number[] = [
  Date.parse("2011-12-30T10:00:00Z"),
  Date.parse("2012-03-31T14:00:00Z"),
  Date.parse("2012-09-29T14:00:00Z"),
  ...[2024, 2025, 2026, 2027].flatMap((year) => [
    sunday(year, 3, -1, 1),
    sunday(year, 10, -1, 1),
    sunday(year, 3, 2, 7),
    sunday(year, 11, 1, 6),
    sunday(year, 4, 1, 15, -1),
    sunday(year, 10, 1, 15.5, -1),
  ]),
];

/** What a wall clock and calendar in the zone show: ISO weekday today and yesterday, minutes since midnight. */
export function wallTime(timeZone: string, at: number) {
  const offset = offsets[timeZone];
  if (offset === undefined) return undefined;
  const shown = new Date(at + offset(at) * hour);
  const today = shown.getUTCDay() === 0 ? 7 : shown.getUTCDay();
  return {
    today,
    yesterday: today === 1 ? 7 : today - 1,
    minute: shown.getUTCHours() * 60 + shown.getUTCMinutes(),
  };
}
