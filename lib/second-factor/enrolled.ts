import type { Reader, Tx } from "#lib/kernel/database.ts";

/** What somebody can show besides a password. Recovery codes only stand in for the others. */
export interface Enrolled {
  totp: boolean;
  passkeys: number;
  recoveryCodes: number;
}

export async function enrolledFactors(reader: Reader | Tx, userId: string): Promise<Enrolled> {
  const totps = await reader.totp.count({ where: { userId, confirmedAt: { not: null } } });
  const passkeys = await reader.passkey.count({ where: { userId } });
  const recoveryCodes = await reader.recoveryCode.count({ where: { userId } });
  return { totp: totps > 0, passkeys, recoveryCodes };
}

/** A second factor is asked for from the first authenticator app or passkey on. */
export const hasFactor = ({ totp, passkeys }: Enrolled): boolean => totp || passkeys > 0;
