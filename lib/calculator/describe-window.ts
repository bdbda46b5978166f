import type { Window } from "#lib/access/index.ts";

const names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const list = new Intl.ListFormat("en", { type: "conjunction" });

/** Allowed hours as a person reads them: "Mon to Fri, 08:00 to 18:00, Europe/Berlin". */
export function describeWindow({ days, from, to, timeZone }: Window): string {
  const hours =
    from === to || (from === "00:00" && to === "24:00")
      ? "all day"
      : `${from} to ${to}${from > to ? " of the next day" : ""}`;
  return `${describeDays(days)}, ${hours}, ${timeZone}`;
}

function describeDays(given: readonly number[]): string {
  const days = [...new Set(given)].sort((one, other) => one - other);
  const [first = 1] = days;
  const last = days.at(-1) ?? 7;
  if (days.length === 7) return "every day";
  const name = (day: number) => names[day - 1] ?? String(day);
  if (days.length > 2 && last - first === days.length - 1) return `${name(first)} to ${name(last)}`;
  return list.format(days.map(name));
}
