import { z } from "zod";
import { defineQuery } from "#lib/kernel/operation.ts";
import { monthSchema, nameOfMonth, refuseRecent } from "./month-bound.ts";

/** What deleting old months of the audit log would delete. */
export interface MonthsBefore {
  /** Such as 2026-01. */
  before: string;
  /** Oldest first; none when there is nothing to delete. */
  parts: { part: string; events: number }[];
  /** Whether the database role of this process owns the log, as whoever deletes must. */
  owned: boolean;
}

/** The parts that `deleteMonths` would delete, with their events; of the part without bounds, those that are old enough. */
export const listMonthsBefore = defineQuery({
  name: "list old audit months",
  needs: "system",
  input: z.object({ before: monthSchema }),
  async run({ reader, at }, { before }): Promise<MonthsBefore> {
    refuseRecent(before, at);
    const parts = await reader.$queryRaw<{ part: string; events: number; owned: boolean }[]>`
      WITH counted AS (SELECT tableoid, count(*)::int AS events FROM audit_events WHERE at < ${before} GROUP BY 1)
      SELECT m.part, COALESCE(c.events, 0) AS events, pg_has_role(t.relowner, 'USAGE') AS owned
      FROM audit_months() m JOIN pg_class t ON t.oid = m.part::regclass
        LEFT JOIN counted c ON c.tableoid = t.oid
      WHERE m.until <= ${before} OR m.until IS NULL AND c.events > 0
      ORDER BY m.until NULLS LAST`;
    return {
      before: nameOfMonth(before),
      parts: parts.map(({ part, events }) => ({ part, events })),
      owned: parts.every(({ owned }) => owned),
    };
  },
});
