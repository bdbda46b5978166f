import { z } from "zod";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";

const monthSchema = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, "Enter a month as 2026-01.")
  .transform((month) => new Date(`${month}-01T00:00:00Z`));

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
    const kept = monthBefore(new Date(at));
    if (before > kept)
      throw new AppError(
        "conflict",
        "too_recent",
        `Cannot delete events of the last two months. Name ${nameOf(kept)} or an earlier month.`,
      );
    const parts = await tx.$queryRaw<
      { part: string; events: bigint }[]
    >`SELECT * FROM audit_delete_before(${before})`;
    if (parts.length === 0)
      throw new AppError(
        "not_found",
        "no_such_month",
        `No part of the audit log ends before ${nameOf(before)}. Run npm run audit -- months to see its parts.`,
      );
    const result = {
      before: nameOf(before),
      events: parts.reduce((sum, { events }) => sum + Number(events), 0),
      parts: parts.map(({ part }) => part),
    };
    return { target: { kind: "installation", name: "Audit log" }, after: result, result };
  },
});

const monthBefore = (at: Date) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - 1));
const nameOf = (month: Date) => month.toISOString().slice(0, 7);
