import type { Tx } from "#lib/kernel/database.ts";

/**
 * Forgets every browser of a user, after what makes all that was proven before worthless. Call it after the user's row
 * was written or locked.
 * @returns how many of them were trusted
 */
export async function forgetBrowsersOf(tx: Tx, userId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ trusted: number }[]>`
    WITH forgotten AS (DELETE FROM known_browsers WHERE user_id = ${userId}::uuid RETURNING trusted_at)
    SELECT count(trusted_at)::int AS trusted FROM forgotten`;
  return row?.trusted ?? 0;
}

/**
 * The same where the user stays: the browser of the session that asks remains known. Trusted ones remain as well,
 * unless they are to go, and that of the session with them as far as it is trusted.
 * @returns how many are trusted no more
 */
export async function forgetOtherBrowsersOf(
  tx: Tx,
  userId: string,
  { session, trusted }: { session: string; trusted: boolean },
): Promise<number> {
  const { count } = trusted
    ? await tx.knownBrowser.updateMany({
        where: { userId, trustedAt: { not: null } },
        data: { trustedAt: null, trustedUntil: null },
      })
    : { count: 0 };
  await forgetBrowsersOfSessions(tx, { userId, but: session });
  return count;
}

/** Whose sessions an act ends: one session, all of a user but one, or everybody's but of some. */
interface Ended {
  session?: string;
  userId?: string | { notIn: string[] };
  but?: string | undefined;
}

/** Forgets browsers whose sessions somebody ends because they may be in other hands. Trusted ones are revoked on their own. */
export async function forgetBrowsersOfSessions(tx: Tx, { session, userId, but }: Ended): Promise<void> {
  await tx.knownBrowser.deleteMany({
    where: {
      trustedAt: null,
      ...(userId !== undefined && { userId }),
      ...(session !== undefined && { sessions: { some: { id: session } } }),
      ...(but !== undefined && { NOT: { sessions: { some: { id: but } } } }),
    },
  });
}
