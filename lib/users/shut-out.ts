import type { Tx } from "#lib/kernel/database.ts";
import { spendResetLinks } from "#lib/passwords/index.ts";
import { endTrustedDevicesOf } from "#lib/second-factor/index.ts";
import { type Ender, endSessionsOf, forgetSignIns } from "#lib/sessions/index.ts";

/** What ended, for the answer and the trail. */
export interface ShutOut {
  sessionsEnded: number;
  devicesForgotten: number;
}

/**
 * Ends everything that somebody could come back with unasked: sessions, trusted devices, sign-ins under way, reset links.
 * Call it after the user's row was written, so that nothing is born behind it.
 */
export async function shutOut(tx: Tx, userId: string, why: string, by: Ender): Promise<ShutOut> {
  const sessionsEnded = await endSessionsOf(tx, userId, why, by);
  const devicesForgotten = await endTrustedDevicesOf(tx, userId);
  await spendResetLinks(tx, userId);
  // Nor does whoever signed in to it without end keep its owner out.
  await forgetSignIns(tx, userId);
  return { sessionsEnded, devicesForgotten };
}
