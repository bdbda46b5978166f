import { heldAt } from "#lib/assignments/index.ts";
import { nameOf } from "#lib/kernel/actor.ts";
import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";

/** Who ends something, and when. */
export type Ender = Pick<Call, "actor" | "at">;

/** Ends every live session of a user; each fails on its very next request. Answers how many there were. */
export const endSessionsOf = (tx: Tx, userId: string, why: string, by: Ender): Promise<number> =>
  endSessionsOfUsers(tx, [userId], why, by);

/** The same for several, in one statement. */
export async function endSessionsOfUsers(
  tx: Tx,
  userIds: readonly string[],
  why: string,
  by: Ender,
): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { userId: { in: [...userIds] }, endedAt: null },
    data: ended(why, by),
  });
  return count;
}

/** Ends every live session of everybody who holds a role. Call it while they still do. */
export async function endSessionsOfHolders(tx: Tx, roleId: string, why: string, by: Ender): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { endedAt: null, user: { assignments: { some: { roleId, ...heldAt(by.at) } } } },
    data: ended(why, by),
  });
  return count;
}

/** Ends every live session that began at an identity provider. */
export async function endSessionsThrough(tx: Tx, provider: string, why: string, by: Ender): Promise<number> {
  const { count } = await tx.session.updateMany({ where: { provider, endedAt: null }, data: ended(why, by) });
  return count;
}

/** The same as for one user, but for the session that asks. */
export async function endOtherSessionsOf(
  tx: Tx,
  userId: string,
  own: string,
  why: string,
  by: Ender,
): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { userId, endedAt: null, id: { not: own } },
    data: ended(why, by),
  });
  return count;
}

/** Ends every live session that somebody at a provider came in with, but for one. */
export async function endSessionsOfIdentity(
  tx: Tx,
  { issuer, subject, but }: { issuer: string; subject: string; but: string },
  why: string,
  by: Ender,
): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { issuer, subject, endedAt: null, id: { not: but } },
    data: ended(why, by),
  });
  return count;
}

/** Ends one session; the row stays as history. False when it had ended already. */
export async function endSession(tx: Tx, id: string, why: string, by: Ender): Promise<boolean> {
  const { count } = await tx.session.updateMany({ where: { id, endedAt: null }, data: ended(why, by) });
  return count === 1;
}

/** What the row of an ended session says. */
export const ended = (endedWhy: string, { actor, at }: Ender) => ({
  // Only good for signing out with.
  idToken: null,
  endedAt: at,
  endedWhy,
  endedBy: nameOf(actor),
});
