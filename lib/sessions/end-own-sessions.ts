import { z } from "zod";
import { throwIf } from "#lib/assignments/index.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { forgetBrowsersOfSessions } from "#lib/known-browsers/index.ts";
import { endOtherSessionsOf, endSession } from "./end-sessions.ts";
import { noLiveSession } from "./live-session.ts";
import { currentSessionRefusal } from "./rules.ts";
import { sessionIdSchema } from "./schema.ts";

const why = "ended by its user";

/** Ends one of one's own sessions, such as that of a browser left behind somewhere. */
export const endOwnSession = defineCommand({
  name: "end own session",
  needs: "signedIn",
  protects: true,
  dangerous: true,
  input: sessionIdSchema,
  about: ({ id }) => ({ kind: "session", id, name: id }),
  async run({ tx, actor, call }, { id }) {
    const self = requireUser(actor);
    throwIf(currentSessionRefusal(actor, id));
    // Somebody else's session is none that there is.
    const own = await tx.session.count({ where: { id, userId: self.id } });
    if (own === 0 || !(await endSession(tx, id, why, call))) throw noLiveSession();
    await forgetBrowsersOfSessions(tx, { session: id, but: self.sessionId });
    return { target: { kind: "session", id, name: self.username }, result: null };
  },
});

/** Ends every session of one's own but the one that asks. */
export const endOwnOtherSessions = defineCommand({
  name: "end own other sessions",
  needs: "signedIn",
  protects: true,
  dangerous: true,
  input: z.object({}),
  async run({ tx, actor, call }) {
    const self = requireUser(actor);
    const sessionsEnded = await endOtherSessionsOf(tx, self.id, self.sessionId, why, call);
    await forgetBrowsersOfSessions(tx, { userId: self.id, but: self.sessionId });
    return {
      target: { kind: "user", id: self.id, name: self.username },
      after: { sessionsEnded },
      result: { sessionsEnded },
    };
  },
});
