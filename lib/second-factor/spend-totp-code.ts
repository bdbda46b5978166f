import type { Tx } from "#lib/kernel/database.ts";
import { log } from "#lib/kernel/log.ts";
import { seal, unseal } from "#lib/kernel/seal.ts";
import { stepOfCode } from "./totp.ts";

const purpose = "totp";
export const sealTotp = (userId: string, secret: string) => seal(purpose, userId, secret);

/** Whether the installation's secret opens it. */
export function opensTotp(userId: string, sealed: Uint8Array): boolean {
  try {
    unseal(purpose, userId, sealed);
    return true;
  } catch {
    return false;
  }
}

/** Undefined when the installation's secret is not the one that it was sealed with: no code fits any more. */
export function openTotp(userId: string, sealed: Uint8Array): string | undefined {
  try {
    return unseal(purpose, userId, sealed);
  } catch {
    log().error(
      { userId },
      "the secret of an authenticator app cannot be read: was BAILIWICK_SECRET changed?",
    );
    return undefined;
  }
}

/** Spends a code of the authenticator app. A code works once, and none that is older than the last one used. */
export async function spendTotpCode(tx: Tx, userId: string, code: string, at: Date): Promise<boolean> {
  const totp = await tx.totp.findUnique({ where: { userId }, select: { secret: true, confirmedAt: true } });
  const secret = totp?.confirmedAt && openTotp(userId, totp.secret);
  const step = secret ? stepOfCode(secret, code, at.getTime()) : undefined;
  if (step === undefined) return false;
  const { count } = await tx.totp.updateMany({
    where: { userId, secret: totp?.secret, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
}
