import type { Window } from "./catalogue.ts";

const names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Allowed hours as a person reads them: "Mon–Fri 08:00–18:00 Europe/Berlin". */
export function describeWindow({ days, from, to, timeZone }: Window): string {
  return `${daysInWords(days)} ${hoursInWords(from, to)} ${timeZone}`;
}

function hoursInWords(from: string, to: string): string {
  const until = to === "24:00" ? "00:00" : to;
  if (from === until) return "all day";
  const overnight = until < from && until !== "00:00" ? " the next day" : "";
  return `${from}–${until === "00:00" ? "24:00" : to}${overnight}`;
}

/** "every day", "Mon–Fri", "Mon, Wed". */
function daysInWords(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((one, other) => one - other);
  if (sorted.length === 7) return "every day";
  const runs: number[][] = [];
  for (const day of sorted) {
    const last = runs.at(-1);
    if (last?.at(-1) === day - 1) last.push(day);
    else runs.push([day]);
  }
  const name = (day: number | undefined) => names[(day ?? 1) - 1] ?? "";
  return runs
    .map((run) => (run.length > 2 ? `${name(run[0])}–${name(run.at(-1))}` : run.map(name).join(", ")))
    .join(", ");
}
