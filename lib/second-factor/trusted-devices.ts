import type { Tx } from "#lib/kernel/database.ts";
import { forgetBrowsersOf } from "#lib/known-browsers/index.ts";
import { endTickets } from "./tickets.ts";

/**
 * Forgets every browser of a user, trusted or only known, and sign-ins that wait for a second factor: what was proven
 * before a deactivation, a new password or a reset of factors proves nothing after it.
 * Call it after the user's row was written or locked.
 * @returns how many trusted devices there were
 */
export async function endTrustedDevicesOf(tx: Tx, userId: string): Promise<number> {
  await endTickets(tx, userId);
  return forgetBrowsersOf(tx, userId);
}
