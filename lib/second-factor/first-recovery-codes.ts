import type { Tx } from "#lib/kernel/database.ts";
import { enrolledFactors } from "./enrolled.ts";
import { replaceRecoveryCodes } from "./recovery-codes.ts";

/** New codes when somebody has none yet; none when they have some, which go on working. */
export async function firstRecoveryCodes(tx: Tx, userId: string, at: Date): Promise<string[]> {
  const { recoveryCodes } = await enrolledFactors(tx, userId);
  return recoveryCodes > 0 ? [] : replaceRecoveryCodes(tx, userId, at);
}
