import { z } from "zod";
import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { securityOf } from "#lib/settings/index.ts";
import { liveBounds } from "./session-end.ts";
import { type SessionRow, sessionColumns, sessionRow } from "./session-rows.ts";

/** Where somebody is signed in themselves: the session that asks first, then by last use. */
export const listOwnSessions = defineQuery({
  name: "list own sessions",
  needs: "signedIn",
  input: z.object({}),
  async run({ reader, actor, call }): Promise<SessionRow[]> {
    const { id: userId, sessionId } = requireUser(actor);
    const security = await securityOf(reader);
    const { createdAfter, usedAfter, expiresAfter } = liveBounds(security, call.at);
    const stored = await reader.session.findMany({
      where: {
        userId,
        endedAt: null,
        createdAt: { gt: createdAfter },
        lastUsedAt: { gt: usedAfter },
        expiresAt: { gt: expiresAfter },
      },
      select: sessionColumns,
      orderBy: [{ lastUsedAt: "desc" }, { id: "desc" }],
      take: 200,
    });
    const rows = stored.map((row) => sessionRow(row, { security, at: call.at, own: sessionId }));
    return [...rows.filter(({ current }) => current), ...rows.filter(({ current }) => !current)];
  },
});
