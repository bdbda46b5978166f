import { loadSubject, throwIf, userRankRefusal } from "#lib/assignments/index.ts";
import type { Target } from "#lib/kernel/audit.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { forgetBrowsersOfSessions } from "#lib/known-browsers/index.ts";
import { endOtherSessionsOf, endSession, endSessionsOf } from "./end-sessions.ts";
import { findLiveSession, nameSession, noLiveSession } from "./live-session.ts";
import { endingRefusal } from "./rules.ts";
import { sessionIdSchema, userOfSessionsSchema } from "./schema.ts";

export const byAdministrator = "ended by an administrator";

/** An administrator ends one session of somebody whom they do not outrank. Trusted devices stay. */
export const endUserSession = defineCommand({
  name: "end session",
  needs: "manageSessions",
  dangerous: true,
  input: sessionIdSchema,
  about: ({ id }) => ({ kind: "session", id, name: id }),
  async prepare({ reader, concerns }, { id }) {
    concerns(await nameSession(reader, id));
  },
  async run({ tx, actor, at, call }, { id }) {
    const session = await findLiveSession(tx, id, at);
    throwIf(endingRefusal(actor, session, at));
    if (!(await endSession(tx, id, byAdministrator, call))) throw noLiveSession();
    await forgetBrowsersOfSessions(tx, { session: id });
    const { username } = session;
    return { target: { kind: "session", id, name: username }, result: { username } };
  },
});

/** The same for every session of one user; of one's own the one that asks stays. */
export const endUserSessions = defineCommand({
  name: "end sessions of user",
  needs: "manageSessions",
  dangerous: true,
  input: userOfSessionsSchema,
  about: ({ userId }) => ({ kind: "user", id: userId, name: userId }),
  async prepare({ reader, concerns }, { userId }) {
    concerns(await nameUser(reader, userId));
  },
  async run({ tx, actor, at, call }, { userId }) {
    const user = await tx.user.findUnique({
      where: { id: userId },
      select: { id: true, username: true, active: true },
    });
    if (!user)
      throw new AppError("not_found", "user_not_found", "There is no such user: they may have been deleted.");
    const { username } = user;
    throwIf(userRankRefusal(actor, { name: username, subject: await loadSubject(tx, user, at) }, at));
    const own = actor.kind === "user" && actor.id === userId ? actor.sessionId : undefined;
    const sessionsEnded = own
      ? await endOtherSessionsOf(tx, userId, own, byAdministrator, call)
      : await endSessionsOf(tx, userId, byAdministrator, call);
    await forgetBrowsersOfSessions(tx, { userId, but: own });
    const after = { sessionsEnded };
    return { target: { kind: "user", id: userId, name: username }, after, result: { username, ...after } };
  },
});

async function nameUser(reader: Reader, id: string): Promise<Target> {
  const user = await reader.user.findUnique({ where: { id }, select: { username: true } });
  return { kind: "user", id, name: user?.username ?? id };
}
