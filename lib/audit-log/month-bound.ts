import { z } from "zod";
import { AppError } from "#lib/kernel/errors.ts";

/** A month such as 2026-01: its first instant, in UTC. */
export const monthSchema = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, "Enter a month as 2026-01.")
  .transform((month) => new Date(`${month}-01T00:00:00Z`));

export const nameOfMonth = (month: Date) => month.toISOString().slice(0, 7);

/** The present month and the one before it stay whatever is asked. */
export function refuseRecent(before: Date, at: number): void {
  const now = new Date(at);
  const kept = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1));
  if (before > kept)
    throw new AppError(
      "conflict",
      "too_recent",
      `Cannot delete events of the last two months. Name ${nameOfMonth(kept)} or an earlier month.`,
    );
}
