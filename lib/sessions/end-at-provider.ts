import type { Tx } from "#lib/kernel/database.ts";
import { type Ender, ended } from "./end-sessions.ts";

/** Whose sessions: one session of the provider, or everything that somebody there came in with. */
export interface AtProvider {
  issuer: string;
  subject?: string | undefined;
  idpSession?: string | undefined;
}

/** Ends live sessions that are over at their provider; answers whose they were, once for each. */
export async function endSessionsAtProvider(
  tx: Tx,
  { issuer, subject, idpSession }: AtProvider,
  why: string,
  by: Ender,
): Promise<string[]> {
  const person = subject === undefined ? [] : [{ subject }];
  const which =
    idpSession === undefined
      ? person
      : // Of a session whose name the provider never told, only the person is known: it may be the one.
        [{ idpSession, AND: person }, ...person.map((one) => ({ ...one, idpSession: null }))];
  if (which.length === 0) return [];
  const rows = await tx.session.updateManyAndReturn({
    where: { issuer, endedAt: null, OR: which },
    data: ended(why, by),
    select: { userId: true },
  });
  return rows.map(({ userId }) => userId);
}
