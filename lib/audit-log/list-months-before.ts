import { z } from "zod";
import { defineQuery } from "#lib/kernel/operation.ts";
import { monthSchema, nameOfMonth, refuseRecent } from "./month-bound.ts";

/** What deleting old months of the audit log would delete. */
export interface MonthsBefore {
  /** Such as 2026-01. */
  before: string;
  /** Oldest first; none when there is nothing to delete. */
  parts: { part: string; events: number }[];
}

/** The parts that `deleteMonths` would delete, with their events; of the part without bounds, those that are old enough. */
export const listMonthsBefore = defineQuery({
  name: "list old audit months",
  needs: "system",
  input: z.object({ before: monthSchema }),
  async run({ reader, at }, { before }): Promise<MonthsBefore> {
    refuseRecent(before, at);
    const parts = await reader.$queryRaw<MonthsBefore["parts"]>`
      WITH counted AS (SELECT tableoid, count(*)::int AS events FROM audit_events WHERE at < ${before} GROUP BY 1)
      SELECT m.part, COALESCE(c.events, 0) AS events
      FROM audit_months() m LEFT JOIN counted c ON c.tableoid = m.part::regclass
      WHERE m.until <= ${before} OR m.until IS NULL AND c.events > 0
      ORDER BY m.until NULLS LAST`;
    return { before: nameOfMonth(before), parts };
  },
});
