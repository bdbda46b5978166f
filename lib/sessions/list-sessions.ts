import { z } from "zod";
import { subjectColumn, subjectColumnSchema } from "#lib/assignments/index.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { countCap, loadPage, orderOf, type Position, positionOf } from "#lib/listing/index.ts";
import { type Security, securityOf } from "#lib/settings/index.ts";
import { Prisma } from "#prisma";
import { conditionsOf, sortColumns } from "./list-conditions.ts";
import { endingRefusal } from "./rules.ts";
import { type ListSessionsInput, listSessionsSchema, type SessionSort } from "./schema.ts";
import { type SessionRow, sessionRow, storedSessionSchema } from "./session-rows.ts";

const rowSchema = storedSessionSchema.extend({
  userId: z.string(),
  username: z.string(),
  name: z.string(),
  active: z.boolean(),
  held: subjectColumnSchema,
  cursor: z.string(),
  total: z.number(),
});
type Found = z.infer<typeof rowSchema>;

export interface UserSessionRow extends SessionRow {
  user: { id: string; username: string; name: string; you: boolean };
  /** Why the actor may not end it, in the words of the rule; absent when they may. */
  endWhy: string | undefined;
}

export interface SessionPage {
  rows: UserSessionRow[];
  next: string | undefined;
  previous: string | undefined;
  /** How many match; `capped` when there are more than were counted. */
  total: number;
  capped: boolean;
}

/** One page of everybody's sessions, found, sorted and counted by one statement, whatever their number. */
export const listSessions = defineQuery({
  name: "list sessions",
  needs: "manageSessions",
  input: listSessionsSchema,
  async run({ reader, actor, call }, input): Promise<SessionPage> {
    const security = await securityOf(reader);
    const { rows, ...page } = await loadPage(input.size, positionOf(sortOf(input), input), async (beside) => {
      const found = await reader.$queryRaw<unknown[]>(pageQuery(input, security, call.at, beside));
      return found.map((row) => rowSchema.parse(row));
    });
    return { ...page, rows: rows.map((row) => shown(row, actor, security, call.at)) };
  },
});

function pageQuery(
  input: ListSessionsInput,
  security: Security,
  at: Date,
  position: Position | undefined,
): Prisma.Sql {
  const order = orderOf(sortOf(input), Prisma.sql`s.id`, input.sort.startsWith("-"), position);
  const where = conditionsOf(input, security, at);
  const from = Prisma.sql`FROM sessions s JOIN users u ON u.id = s.user_id WHERE ${where}`;
  return Prisma.sql`
    WITH page AS (SELECT s.*, ${order.text} AS cursor ${from} AND ${order.from} ORDER BY ${order.by} LIMIT ${input.size + 1})
    SELECT s.id, s.method, s.factor, s.address, s.agent, s.created_at AS "createdAt", s.last_used_at AS "lastUsedAt",
      s.expires_at AS "expiresAt", s.ended_at AS "endedAt", s.ended_why AS "endedWhy", s.ended_by AS "endedBy",
      u.id AS "userId", u.username, u.name, u.active, s.cursor, ${subjectColumn(at.getTime())} AS held,
      (SELECT count(*) FROM (SELECT 1 ${from} LIMIT ${countCap + 1}) counted)::int AS total
    FROM page s JOIN users u ON u.id = s.user_id ORDER BY ${order.by}`;
}

const sortOf = ({ sort }: ListSessionsInput) => sortColumns[sort.replace("-", "") as SessionSort];

function shown(found: Found, actor: Actor, security: Security, at: Date): UserSessionRow {
  const { userId, username, name, active, held, cursor: _cursor, total: _total, ...stored } = found;
  const user = actor.kind === "user" ? actor : undefined;
  const subject = { ...held, id: userId, active };
  return {
    ...sessionRow(stored, { security, at, own: user?.sessionId }),
    user: { id: userId, username, name, you: user?.id === userId },
    endWhy: endingRefusal(actor, { id: stored.id, username, subject }, at.getTime())?.message,
  };
}
