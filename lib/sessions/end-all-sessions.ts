import { z } from "zod";
import { subjectColumn, subjectColumnSchema, userRankRefusal } from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { type Context, defineCommand } from "#lib/kernel/operation.ts";
import { forgetBrowsersOfSessions } from "#lib/known-browsers/index.ts";
import { ended } from "./end-sessions.ts";
import { byAdministrator } from "./end-user-sessions.ts";

/** Ends every session but the one that asks, and those of people who outrank whoever asks: they are named. */
export const endAllSessions = defineCommand({
  name: "end all sessions",
  needs: "manageSessions",
  changesAccess: true,
  dangerous: true,
  input: z.object({}),
  async run(context) {
    const { tx, actor, call } = context;
    const spared = await outrankingUsers(context);
    const whose = { notIn: spared.map(({ id }) => id) };
    const own = actor.kind === "user" ? actor.sessionId : undefined;
    const { count: sessionsEnded } = await tx.session.updateMany({
      where: {
        endedAt: null,
        userId: whose,
        ...(own && { id: { not: own } }),
      },
      data: ended(byAdministrator, call),
    });
    await forgetBrowsersOfSessions(tx, { userId: whose, but: own });
    const after = { sessionsEnded, spared: spared.map(({ username }) => username).slice(0, 100) };
    return { target: { kind: "installation", name: "All sessions" }, after, result: after };
  },
});

const rowSchema = z.object({ id: z.string(), username: z.string(), held: subjectColumnSchema });

/** Who has a session and may not be touched by the actor. */
async function outrankingUsers({ tx, actor, at }: Context & { tx: Tx }) {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT u.id, u.username, ${subjectColumn(at)} AS held FROM users u
    WHERE EXISTS (SELECT 1 FROM sessions s WHERE s.user_id = u.id AND s.ended_at IS NULL)`;
  return rows
    .map((row) => rowSchema.parse(row))
    .filter(({ id, username, held }) =>
      userRankRefusal(actor, { name: username, subject: { ...held, id, active: true } }, at),
    );
}
