import type { Tx } from "#lib/kernel/database.ts";
import { verifyPassword } from "#lib/passwords/index.ts";

/** Somebody whose password fitted, as the account was then. */
export interface Proven {
  id: string;
  username: string;
  passwordHash: string;
  /** What replaces an imported hash, or one made with less than what holds now: of the whole password. */
  renewed?: string;
  /** The known browser that asks. */
  browserId?: string | undefined;
}

/**
 * Takes the row's lock, which orders this before or after a deactivation or reset: a session is never born behind its back.
 * @returns the hash that the account has now; undefined when the account is not what was proven any more
 */
export async function enterAccount(tx: Tx, proven: Proven, password: string): Promise<string | undefined> {
  const { id, passwordHash, renewed = passwordHash } = proven;
  if (await lockIn(tx, id, passwordHash, renewed)) return renewed;
  if (renewed === passwordHash) return undefined;
  // Another sign-in of the same person may have replaced the old hash a moment ago.
  const now = await tx.user.findUnique({ where: { id }, select: { passwordHash: true } });
  if (!now?.passwordHash || !(await verifyPassword(now.passwordHash, password))) return undefined;
  return (await lockIn(tx, id, now.passwordHash, now.passwordHash)) ? now.passwordHash : undefined;
}

async function lockIn(tx: Tx, id: string, from: string, to: string): Promise<boolean> {
  const where = { id, active: true, passwordHash: from };
  return (await tx.user.updateMany({ where, data: { passwordHash: to } })).count > 0;
}
