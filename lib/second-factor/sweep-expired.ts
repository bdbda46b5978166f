import type { Tx } from "#lib/kernel/database.ts";

/** Removes tokens of a kind that nobody used in time. Rows that another transaction holds are left to it. */
export async function sweepExpired(tx: Tx, kind: string, at: Date): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM one_time_tokens WHERE id IN (
      SELECT id FROM one_time_tokens WHERE kind = ${kind} AND expires_at <= ${at} FOR UPDATE SKIP LOCKED)`;
}
