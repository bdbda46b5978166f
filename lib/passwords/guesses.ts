import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { forgetIn, forgetPairs, turnOf, turnsFrom } from "#lib/kernel/rate-limit.ts";

/** A known browser has a count of its own, which nobody else can use up. */
export const guessesOfBrowser = (browserId: string) => ({ own: [turnOf("browser", browserId)], shared: [] });

/**
 * By the name as it was typed, whether or not there is such an account: a count that a username and an address shared
 * would tell that they are one person's. So an account has two, and every case and width of each is one.
 */
export const guessesOfStranger = (call: Call, name: string) => ({
  own: turnsFrom("pair", call, name),
  shared: [turnOf("name", name), ...turnsFrom("address", call)],
});

/** An account's names as guesses at it are counted. */
export interface Guessed {
  usernameKey: string;
  emailKey: string;
}

/**
 * With another password, or once an operator let somebody in, what was guessed before keeps nobody out: the counts of
 * the account's names, from every address, begin anew.
 */
export async function forgetGuesses(tx: Tx, { usernameKey, emailKey }: Guessed): Promise<void> {
  const names = [usernameKey, emailKey];
  await forgetPairs(tx, "pair", names);
  await forgetIn(
    tx,
    names.map((name) => turnOf("name", name)),
  );
}
