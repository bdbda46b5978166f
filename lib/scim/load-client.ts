import { z } from "zod";
import type { Actor, ClientActor } from "#lib/kernel/actor.ts";
import { database, type Reader, type Tx } from "#lib/kernel/database.ts";
import { rememberCaller } from "#lib/kernel/known-callers.ts";
import { hashToken } from "#lib/kernel/secret-token.ts";
import { policyOfVersion } from "#lib/policy/index.ts";
import { Prisma } from "#prisma";
import { scopesOf } from "./schema.ts";

/** `lastUsedAt` moves at most this often, in milliseconds, so that reading is rarely a write. */
const touchEvery = 5 * 60_000;

/** Whose token this is now: asked of the database at every request. Unknown, run out or revoked: nobody's. */
export async function loadClient(token: string, at: Date): Promise<Actor> {
  const row = await liveToken(database(), Prisma.sql`t.token_hash = ${hashToken(token)}`, at);
  if (!row) return { kind: "anonymous" };
  rememberCaller(token, { kind: "client", id: row.id });
  if (at.getTime() - (row.lastUsedAt?.getTime() ?? 0) > touchEvery)
    await database().scimToken.updateMany({ where: { id: row.id }, data: { lastUsedAt: at } });
  // Whoever asks for the present policy within a transaction finds it compiled; there it could not be kept.
  await policyOfVersion(row.policyVersion);
  return actorOf(row, at);
}

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  provider: z.string(),
  scopes: z.array(z.string()).transform(scopesOf),
  lastUsedAt: z.date().nullable(),
  policyVersion: z.number(),
});
type Row = z.infer<typeof rowSchema>;

async function liveToken(reader: Reader | Tx, which: Prisma.Sql, at: Date): Promise<Row | undefined> {
  const [row] = await reader.$queryRaw<unknown[]>`
    SELECT t.id, t.name, t.provider, t.scopes, t.last_used_at AS "lastUsedAt", p.version AS "policyVersion"
    FROM scim_tokens t JOIN policy p ON p.id = 1
    WHERE ${which} AND t.revoked_at IS NULL AND t.expires_at > ${at}`;
  return row === undefined ? undefined : rowSchema.parse(row);
}

function actorOf({ id, name, provider, scopes }: Row, at: Date): ClientActor {
  const reload = async (tx: Tx): Promise<Actor> => {
    const now = await liveToken(tx, Prisma.sql`t.id = ${id}::uuid`, at);
    return now ? actorOf(now, at) : { kind: "anonymous" };
  };
  return { kind: "client", id, name, provider, scopes, reload };
}
