import { instantColumn, type SortColumn, searchWords, wordCondition } from "#lib/listing/index.ts";
import type { Security } from "#lib/settings/index.ts";
import { Prisma } from "#prisma";
import type { ListSessionsInput, SessionSort } from "./schema.ts";
import { liveBounds } from "./session-end.ts";

export const sortColumns: Record<SessionSort, SortColumn> = {
  lastUsed: instantColumn(Prisma.sql`s.last_used_at`),
  created: instantColumn(Prisma.sql`s.created_at`),
};

/** Of the sessions `s` and their users `u`. */
export function conditionsOf(input: ListSessionsInput, security: Security, at: Date): Prisma.Sql {
  const live = isLive(security, at);
  const words = searchWords(input.q);
  return Prisma.join(
    [
      input.state === "live" ? live : Prisma.sql`NOT (${live})`,
      ...(input.method ? [Prisma.sql`s.method = ${input.method}`] : []),
      ...words.map(wordCondition),
    ],
    " AND ",
  );
}

/** What `loadActor` would let in. */
export function isLive(security: Security, at: Date): Prisma.Sql {
  const { createdAfter, usedAfter, expiresAfter } = liveBounds(security, at);
  return Prisma.sql`s.ended_at IS NULL AND u.active AND s.expires_at > ${expiresAfter}
    AND s.created_at > ${createdAfter} AND s.last_used_at > ${usedAfter}`;
}
