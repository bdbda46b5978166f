import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { setPassword } from "#lib/passwords/index.ts";
import { lockUser, removeFactorsOf } from "#lib/second-factor/index.ts";
import { shutOut } from "#lib/users/index.ts";

/**
 * The address of this account was somebody's own word, and now its owner comes. Whoever made the account may have
 * been waiting for that: whatever else opens it goes, so that nobody shares an account with a stranger.
 */
export async function disown(tx: Tx, call: Call, userId: string): Promise<void> {
  await lockUser(tx, userId);
  const { passwordHash, active } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { passwordHash: true, active: true },
  });
  if (!active) return;
  if (passwordHash) await setPassword(tx, { userId, seen: passwordHash, hash: null, at: call.at });
  await removeFactorsOf(tx, userId);
  await shutOut(tx, userId, "its email address turned out to be another person's", call);
  await tx.user.update({ where: { id: userId }, data: { emailUnproven: false }, select: { id: true } });
}
