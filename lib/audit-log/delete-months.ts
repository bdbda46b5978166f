import { z } from "zod";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { monthSchema, nameOfMonth, refuseRecent } from "./month-bound.ts";

/**
 * Deletes whole months of the audit log, all that ended before the first day of the one that is named. The present month
 * and the one before it stay whatever is asked. What went, and how much of it, is a row of the log in the same transaction.
 */
export const deleteMonths = defineCommand({
  name: "delete old audit events",
  needs: "system",
  patient: true,
  input: z.object({ before: monthSchema }),
  async run({ tx, at }, { before }) {
    refuseRecent(before, at);
    const parts = await tx.$queryRaw<
      { part: string; events: bigint }[]
    >`SELECT * FROM audit_delete_before(${before})`;
    if (parts.length === 0)
      throw new AppError(
        "not_found",
        "no_such_month",
        `No part of the audit log ends before ${nameOfMonth(before)}. Run npm run audit -- months to see its parts.`,
      );
    const result = {
      before: nameOfMonth(before),
      events: parts.reduce((sum, { events }) => sum + Number(events), 0),
      parts: parts.map(({ part }) => part),
    };
    return { target: { kind: "installation", name: "Audit log" }, after: result, result };
  },
});
