import type { Tx } from "#lib/kernel/database.ts";

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
 * Another sign-in of the same person may have renewed the hash a moment ago, to the same one.
 * @returns the hash that the account has now; undefined when the account is not what was proven any more
 */
export async function enterAccount(tx: Tx, proven: Proven): Promise<string | undefined> {
  const { id, passwordHash, renewed = passwordHash } = proven;
  const where = { id, active: true, passwordHash: { in: [passwordHash, renewed] } };
  const { count } = await tx.user.updateMany({ where, data: { passwordHash: renewed } });
  return count > 0 ? renewed : undefined;
}
