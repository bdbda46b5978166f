import type { Call } from "#lib/kernel/call.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { giveBack, type Turn, takeTurns, turnOf, turnsFrom } from "#lib/kernel/rate-limit.ts";
import { anyKnownBrowser, knownBrowserOf } from "#lib/known-browsers/index.ts";

/**
 * Takes a turn at asking for a passkey or showing one. Nobody says yet who they are, so a browser that some account
 * knows counts at that account, and strangers count at their address: one office's asking keeps nobody out of a
 * browser that they signed in with.
 * @returns what `passkeyWorked` gives back
 */
export async function takePasskeyTurn(reader: Reader, call: Call): Promise<Turn[]> {
  const known = await anyKnownBrowser(reader, call);
  const turns = known ? [turnOf("passkey", known.userId)] : turnsFrom("passkey", call);
  await takeTurns(turns, "attempts");
  return turns;
}

/** The same behind a right password: it says whose passkey it has to be, and whose count this is. */
export async function takeSecondPasskeyTurn(reader: Reader, call: Call, userId: string): Promise<Turn[]> {
  const turns = [turnOf("passkey", "second", (await knownBrowserOf(reader, userId, call)) ?? userId)];
  await takeTurns(turns, "attempts");
  return turns;
}

/** A sign-in that works gives back what it took: one turn for asking, one for showing. */
export const passkeyWorked = (turns: Turn[]) => () => giveBack(turns, 2);
