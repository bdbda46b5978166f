import { z } from "zod";
import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { countCap, loadPage, orderOf, positionOf } from "#lib/listing/index.ts";
import { securityOf } from "#lib/settings/index.ts";
import { Prisma } from "#prisma";
import { isLive, sortColumns } from "./list-conditions.ts";
import { listOwnSessionsSchema } from "./schema.ts";
import { type SessionRow, sessionColumns, sessionRow, storedSessionSchema } from "./session-rows.ts";

const rowSchema = storedSessionSchema.extend({ cursor: z.string(), total: z.number() });

export interface OwnSessionPage {
  rows: SessionRow[];
  next: string | undefined;
  previous: string | undefined;
  /** How many there are, the one that asks included; `capped` when there are more than were counted. */
  total: number;
  capped: boolean;
}

/** Where somebody is signed in themselves, a page at a time: first the session that asks, then the others by last use. */
export const listOwnSessions = defineQuery({
  name: "list own sessions",
  needs: "signedIn",
  input: listOwnSessionsSchema,
  async run({ reader, actor, call }, input): Promise<OwnSessionPage> {
    const { id: userId, sessionId } = requireUser(actor);
    const security = await securityOf(reader);
    const from = Prisma.sql`FROM sessions s JOIN users u ON u.id = s.user_id
      WHERE s.user_id = ${userId}::uuid AND s.id <> ${sessionId}::uuid AND ${isLive(security, call.at)}`;
    const page = await loadPage(input.size, positionOf(sortColumns.lastUsed, input), async (beside) => {
      const order = orderOf(sortColumns.lastUsed, Prisma.sql`s.id`, true, beside);
      const found = await reader.$queryRaw<unknown[]>`
        SELECT s.id, s.method, s.factor, s.address, s.agent, s.created_at AS "createdAt", s.last_used_at AS "lastUsedAt",
          s.expires_at AS "expiresAt", s.ended_at AS "endedAt", s.ended_why AS "endedWhy", s.ended_by AS "endedBy",
          ${order.text} AS cursor, (SELECT count(*) FROM (SELECT 1 ${from} LIMIT ${countCap + 1}) counted)::int AS total
        ${from} AND ${order.from} ORDER BY ${order.by} LIMIT ${input.size + 1}`;
      return found.map((row) => rowSchema.parse(row));
    });
    const own =
      page.previous === undefined
        ? await reader.session.findMany({ where: { id: sessionId, userId }, select: sessionColumns })
        : [];
    const shown = { security, at: call.at, own: sessionId };
    const rows = [...own, ...page.rows.map(({ cursor: _cursor, total: _total, ...row }) => row)];
    return { ...page, total: page.total + 1, rows: rows.map((row) => sessionRow(row, shown)) };
  },
});
