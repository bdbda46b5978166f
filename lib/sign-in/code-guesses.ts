import type { Tx } from "#lib/kernel/database.ts";
import { consume, counterKey, rowKey } from "./limiter.ts";

const keyOf = (userId: string) => counterKey("code", userId);

/** The rows that hold an account's counts. */
export const codeGuessKeys = (userId: string) => [
  rowKey("code", keyOf(userId)),
  rowKey("codeOfDay", keyOf(userId)),
];

/**
 * Counts one guess of a code before it is looked at: by account, whatever the ticket, address or session.
 * Codes that confirm who somebody is before a dangerous act count the same way.
 */
export async function takeCodeGuess(userId: string): Promise<void> {
  await consume("code", keyOf(userId), "wrong codes");
  await consume("codeOfDay", keyOf(userId), "wrong codes");
}

/** After a right one: forgotten exactly when the transaction's own change holds. */
export async function forgetCodeGuesses(tx: Tx, userId: string): Promise<void> {
  await tx.rateLimit.deleteMany({ where: { key: { in: codeGuessKeys(userId) } } });
}
