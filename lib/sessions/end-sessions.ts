import type { Tx } from "#lib/kernel/database.ts";

/** Ends every live session of a user; each fails on its very next request. Answers how many there were. */
export async function endSessionsOf(tx: Tx, userId: string, why: string, at: Date): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { userId, endedAt: null },
    data: { endedAt: at, endedWhy: why },
  });
  return count;
}

/** Ends one session; the row stays as history. */
export async function endSession(tx: Tx, id: string, why: string, at: Date): Promise<void> {
  await tx.session.updateMany({ where: { id, endedAt: null }, data: { endedAt: at, endedWhy: why } });
}
