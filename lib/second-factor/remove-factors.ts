import type { Tx } from "#lib/kernel/database.ts";
import { forgetCodeGuesses } from "./code-guesses.ts";

/** Takes every second factor of somebody away, half-made ones too, and what was guessed at it. The caller has locked the user's row. */
export async function removeFactorsOf(tx: Tx, userId: string): Promise<void> {
  const where = { userId };
  await tx.totp.deleteMany({ where });
  await tx.passkey.deleteMany({ where });
  await tx.recoveryCode.deleteMany({ where });
  await tx.oneTimeToken.deleteMany({ where: { ...where, kind: { in: ["totp", "webauthn"] } } });
  await forgetCodeGuesses(tx, userId);
}
