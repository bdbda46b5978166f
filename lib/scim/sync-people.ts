import { z } from "zod";
import type { ClientActor } from "#lib/kernel/actor.ts";
import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { type Claims, enabledProvider } from "#lib/providers/index.ts";
import { syncRoles } from "#lib/sso/index.ts";
import { outOfReach } from "./reach.ts";

/** So many in one transaction: each may take thirty statements, and whoever else changes access waits meanwhile. */
export const syncedAtOnce = 25;

/** For whom roles are worked out, and whether administrators are among those whom that may concern. */
interface Syncing {
  provider: string;
  administrators: boolean;
}

/**
 * Works out the roles of people again after what is known of them changed, where their provider syncs roles.
 * Whoever is too many for this transaction is marked, for `syncDuePeople` to go on with.
 * The caller holds the access lock.
 * @returns whether anybody is left
 */
export async function syncPeople(
  tx: Tx,
  call: Call,
  client: ClientActor,
  ids: readonly string[],
): Promise<boolean> {
  const slug = client.provider;
  if (ids.length === 0 || slug === "" || !(await enabledProvider(tx, slug))?.syncRoles) return false;
  const left = ids.slice(syncedAtOnce);
  if (left.length > 0)
    await tx.scimUser.updateMany({ where: { userId: { in: left } }, data: { rolesDue: true } });
  const syncing = { provider: slug, administrators: client.scopes.includes("administrators") };
  await syncNow(tx, call, syncing, ids.slice(0, syncedAtOnce));
  return (await duePeople(tx, slug, 1)).length > 0;
}

export async function duePeople(tx: Tx, provider: string, most: number): Promise<string[]> {
  const where = { rolesDue: true, provider };
  const rows = await tx.scimUser.findMany({
    where,
    select: { userId: true },
    orderBy: { userId: "asc" },
    take: most,
  });
  return rows.map(({ userId }) => userId);
}

/** Who is out of the client's reach keeps what they hold. */
export async function syncNow(
  tx: Tx,
  call: Call,
  { provider: slug, administrators }: Syncing,
  ids: readonly string[],
): Promise<void> {
  const provider = await enabledProvider(tx, slug);
  const beyond = administrators ? new Set<string>() : await outOfReach(tx, call.at, ids);
  const concerned = provider?.syncRoles ? ids.filter((one) => !beyond.has(one)) : [];
  if (provider)
    for (const { id, claims } of await claimsOf(tx, concerned))
      await syncRoles(tx, call, { userId: id, provider, claims, source: "scim" });
  await tx.scimUser.updateMany({
    where: { userId: { in: [...ids] }, rolesDue: true },
    data: { rolesDue: false },
  });
}

const rowSchema = z.object({
  id: z.string(),
  resource: z.record(z.string(), z.unknown()),
  groups: z.array(z.object({ id: z.string(), displayName: z.string() })),
});

/**
 * What a provider has said of people by SCIM, as claims for its rules: their attributes and the groups that they are in.
 * Somebody in no group has an empty list of them, which is not the same as a claim that is not there.
 */
async function claimsOf(tx: Tx, ids: readonly string[]): Promise<{ id: string; claims: Claims }[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT s.user_id AS id, s.resource, COALESCE((
      SELECT json_agg(json_build_object('id', COALESCE(g.external_id, g.id::text), 'displayName', g.name) ORDER BY g.id)
      FROM scim_group_members m JOIN scim_groups g ON g.id = m.group_id WHERE m.user_id = s.user_id), '[]') AS groups
    FROM scim_users s WHERE s.user_id = ANY(${[...ids]}::uuid[]) ORDER BY s.user_id`;
  return rows.map((row) => {
    const { id, resource, groups } = rowSchema.parse(row);
    return { id, claims: { ...resource, groups } };
  });
}
