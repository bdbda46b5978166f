import type { AuditMonth, MonthsBefore } from "#lib/audit-log/index.ts";

export const auditHelp = `Lists the months of the audit log, and deletes old ones. For the operator of the server.

  npm run audit -- months
  npm run audit -- delete-before 2026-01 [--yes]

  months           lists the parts of the log: from when to when, how many events, how much space
  delete-before    lists the parts that end before the first day of this month (UTC), with their events
  --yes            deletes them for good
  --help           shows this text

The present month and the one before it are never deleted. An event in the log says what was deleted.
The exit code is 0 also when there is nothing to delete, and 1 when something failed.

Both commands work while the console runs and while it is stopped, with the same settings (BAILIWICK_DATA,
DATABASE_URL, DATABASE_DIRECT_URL) and as the same user of the system. With two database roles, delete-before --yes
needs DATABASE_DIRECT_URL, the role that owns the tables. Back up first what you have to keep.`;

export const nothingBefore = (before: string) =>
  `Nothing to delete: no month of the audit log ends before ${before}. To list the months, run: npm run audit -- months`;

export const ownerNeeded =
  "This database role cannot delete months of the audit log. Set DATABASE_DIRECT_URL to the role that owns the tables.";

export const planLines = ({ before, parts, owned }: MonthsBefore) => [
  "This would be deleted for good:",
  ...columns(parts.map(({ part, events }) => [`  ${part}`, counted(events)])),
  ...(owned ? [] : [ownerNeeded]),
  `To delete it, run: npm run audit -- delete-before ${before} --yes`,
];

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
  return columns(rows);
}

function columns(rows: readonly string[][]): string[] {
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
