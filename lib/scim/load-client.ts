import type { Actor, ClientActor, ClientScope } from "#lib/kernel/actor.ts";
import { database, type Reader, type Tx } from "#lib/kernel/database.ts";
import { hashToken } from "#lib/kernel/secret-token.ts";
import { scopesOf } from "./schema.ts";

/** `lastUsedAt` moves at most this often, in milliseconds, so that reading is rarely a write. */
const touchEvery = 5 * 60_000;

/** Whose token this is now: asked of the database at every request. Unknown, run out or revoked: nobody's. */
export async function loadClient(token: string, at: Date): Promise<Actor> {
  const row = await liveToken(database(), { tokenHash: hashToken(token) }, at);
  if (!row) return { kind: "anonymous" };
  if (at.getTime() - (row.lastUsedAt?.getTime() ?? 0) > touchEvery)
    await database().scimToken.updateMany({ where: { id: row.id }, data: { lastUsedAt: at } });
  return actorOf(row, at);
}

const liveToken = (
  reader: Reader | Tx,
  which: { tokenHash: Uint8Array<ArrayBuffer> } | { id: string },
  at: Date,
) =>
  reader.scimToken.findFirst({
    where: { ...which, revokedAt: null, expiresAt: { gt: at } },
    select: { id: true, name: true, provider: true, scopes: true, lastUsedAt: true },
  });

function actorOf(
  row: { id: string; name: string; provider: string; scopes: readonly string[] },
  at: Date,
): ClientActor {
  const { id, name, provider } = row;
  const scopes: ClientScope[] = scopesOf(row.scopes);
  const reload = async (tx: Tx): Promise<Actor> => {
    const now = await liveToken(tx, { id }, at);
    return now ? actorOf(now, at) : { kind: "anonymous" };
  };
  return { kind: "client", id, name, provider, scopes, reload };
}
