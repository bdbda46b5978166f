import type { Tx } from "#lib/kernel/database.ts";

/** Orders every change of a user's factors, and sign-ins, one after the other. Take it before the first read. */
export async function lockUser(tx: Tx, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
}
