import type { Call } from "#lib/kernel/call.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { type Turn, takeTurns, turnOf } from "#lib/kernel/rate-limit.ts";
import { knownBrowserOf } from "#lib/known-browsers/index.ts";

const turnsOf = (whose: string): Turn[] => [turnOf("code", whose), turnOf("codeOfDay", whose)];

/** The rows that hold the counts of an account, or of one of the browsers that it knows. */
export const codeGuessKeys = (whose: string) => turnsOf(whose).map(({ key }) => key);

/**
 * Counts one guess of a code before it is looked at: by account, whatever the ticket, address or session, but apart
 * for each browser that the account knows, so that whoever has only the password uses up none of the owner's.
 * Codes that confirm who somebody is before a dangerous act count the same way.
 * @returns whose count it was, for `forgetCodeGuesses`
 */
export async function takeCodeGuess(reader: Reader, call: Call, userId: string): Promise<string> {
  const whose = (await knownBrowserOf(reader, userId, call)) ?? userId;
  await takeTurns(turnsOf(whose), "wrong codes");
  return whose;
}

/** After a right one: forgotten exactly when the transaction's own change holds. */
export async function forgetCodeGuesses(tx: Tx, whose: string): Promise<void> {
  await tx.rateLimit.deleteMany({ where: { key: { in: codeGuessKeys(whose) } } });
}
