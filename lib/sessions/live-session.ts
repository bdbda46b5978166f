import { loadSubject } from "#lib/assignments/index.ts";
import type { Target } from "#lib/kernel/audit.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";

/** A session that has not ended, with what the rules need to know of its user. */
export async function findLiveSession(tx: Tx, id: string, at: number) {
  const session = await tx.session.findUnique({
    where: { id },
    select: { endedAt: true, user: { select: { id: true, username: true, active: true } } },
  });
  if (!session || session.endedAt) throw noLiveSession();
  return { id, username: session.user.username, subject: await loadSubject(tx, session.user, at) };
}

/** For the trail: whose session it is, though the request only had an id. */
export async function nameSession(reader: Reader, id: string): Promise<Target> {
  const session = await reader.session.findUnique({
    where: { id },
    select: { user: { select: { username: true } } },
  });
  return { kind: "session", id, name: session?.user.username ?? id };
}

export function noLiveSession(): AppError {
  const message = "There is no such session any more: it has ended already.";
  return new AppError("not_found", "no_live_session", message);
}
