import type { AuditMonth } from "#lib/audit-log/index.ts";

export const auditHelp = `Shows the months of the audit log, and deletes old ones. For the operator of the server.

  npm run audit -- months
  npm run audit -- delete-before 2026-01 [--yes]

  months           the parts of the audit log: from when to when, how many events, how much space
  delete-before    deletes every part that ends before the first day of this month (UTC), for good
  --yes            deletes; without it nothing happens
  --help           this text

This month and the one before it always stay. The audit log gets a row that says what was deleted.

It works while the console runs and while it is stopped, with the same settings (BAILIWICK_DATA, DATABASE_URL)
and under the same account of the system. Export or back up first what has to be kept.`;

export const notYet = (before: string) =>
  `Nothing was deleted. To delete every event before ${before} for good, run npm run audit -- delete-before ${before} --yes`;

export function deleted({
  before,
  events,
  parts,
}: {
  before: string;
  events: number;
  parts: string[];
}): string {
  return `Deleted before ${before}: ${counted(events)} in ${parts.join(", ")}.`;
}

/** A table for the terminal. */
export function monthLines(months: readonly AuditMonth[]): string[] {
  const rows = months.map(({ part, since, until, events, bytes }) => [
    part,
    until ? `${since ? day(since) : "the beginning"} to ${day(until)}` : "outside of every month",
    counted(events),
    `${(bytes / 1024 ** 2).toFixed(1)} MiB`,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

const day = (at: Date) => at.toISOString().slice(0, 10);
const counted = (events: number) => `${events.toLocaleString("en")} ${events === 1 ? "event" : "events"}`;
