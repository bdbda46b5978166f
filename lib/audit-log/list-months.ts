import { z } from "zod";
import { defineQuery } from "#lib/kernel/operation.ts";

/** A part of the audit log: a month, or the first part with everything from before there were months. */
export interface AuditMonth {
  part: string;
  /** Null where there is no bound. The part without both takes what no month is there for. */
  since: Date | null;
  until: Date | null;
  events: number;
  /** On disk, with its indexes. */
  bytes: number;
}

/** The parts of the audit log, oldest first. It counts every event. */
export const listMonths = defineQuery({
  name: "list audit months",
  needs: "system",
  input: z.object({}),
  async run({ reader }): Promise<AuditMonth[]> {
    const rows = await reader.$queryRaw<(Omit<AuditMonth, "bytes"> & { bytes: bigint })[]>`
      WITH counted AS (SELECT tableoid, count(*) AS events FROM audit_events GROUP BY 1)
      SELECT m.part, m.since, m.until, COALESCE(c.events, 0)::int AS events,
        pg_total_relation_size(m.part::regclass) AS bytes
      FROM audit_months() m LEFT JOIN counted c ON c.tableoid = m.part::regclass
      ORDER BY m.until NULLS LAST`;
    return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }));
  },
});
