import type { Tx } from "#lib/kernel/database.ts";
import { takeTurns, turnOf } from "#lib/kernel/rate-limit.ts";

const turnsOf = (userId: string) => [turnOf("code", userId), turnOf("codeOfDay", userId)];

/** The rows that hold an account's counts. */
export const codeGuessKeys = (userId: string) => turnsOf(userId).map(({ key }) => key);

/**
 * Counts one guess of a code before it is looked at: by account, whatever the ticket, address or session.
 * Codes that confirm who somebody is before a dangerous act count the same way.
 */
export async function takeCodeGuess(userId: string): Promise<void> {
  await takeTurns(turnsOf(userId), "wrong codes");
}

/** After a right one: forgotten exactly when the transaction's own change holds. */
export async function forgetCodeGuesses(tx: Tx, userId: string): Promise<void> {
  await tx.rateLimit.deleteMany({ where: { key: { in: codeGuessKeys(userId) } } });
}
