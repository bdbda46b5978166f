import type { Tx } from "#lib/kernel/database.ts";
import { spendRecoveryCode } from "./recovery-codes.ts";
import { spendTotpCode } from "./spend-totp-code.ts";

/**
 * Spends a code of the authenticator app or a recovery code, whichever it looks like; undefined when it is neither.
 * Counting guesses is the caller's: see `codeGuesses` in lib/sign-in.
 */
export async function proveByCode(
  tx: Tx,
  userId: string,
  code: string,
  at: Date,
): Promise<"totp" | "recovery_code" | undefined> {
  const digits = code.replaceAll(/[\s-]/g, "");
  if (/^\d{6}$/.test(digits)) return (await spendTotpCode(tx, userId, digits, at)) ? "totp" : undefined;
  return (await spendRecoveryCode(tx, userId, code)) ? "recovery_code" : undefined;
}
