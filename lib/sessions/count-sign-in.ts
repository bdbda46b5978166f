import type { Tx } from "#lib/kernel/database.ts";
import { forgetIn, judged, type Turn, takeTurns, turnOf } from "#lib/kernel/rate-limit.ts";

const what = "sign-ins";
const turnsOf = (...whose: string[]): Turn[] => [
  turnOf("signIns", ...whose),
  turnOf("signInsOfDay", ...whose),
];
const half = (whose: string) => turnsOf("half", whose);

/**
 * What a password is judged behind: whoever signs in without end is answered alike, whether the password is right or
 * not. Only sign-ins that work are counted, so guesses use up none of it.
 */
export const signInsLeft = (userId: string, whose: string): Turn[] =>
  [...turnsOf(userId), ...half(whose)].map((turn) => judged(turn, what));

/** Counts a sign-in that worked: each leaves a session and a row of the trail. It holds or goes with the transaction. */
export const countSignIn = (tx: Tx, userId: string): Promise<void> =>
  takeTurns(turnsOf(userId), what, "", tx);

/**
 * The same for one that waits for a second factor, apart for each browser that the account knows: whoever has the
 * password alone uses up none of the owner's.
 */
export const countHalfSignIn = (tx: Tx, whose: string): Promise<void> => takeTurns(half(whose), what, "", tx);

/** Where somebody has the account back, whoever signed in to it meanwhile. */
export const forgetSignIns = (tx: Tx, userId: string): Promise<void> =>
  forgetIn(tx, [...turnsOf(userId), ...half(userId)]);
