import { z } from "zod";
import { heldRowsOf } from "#lib/assignments/index.ts";
import type { ClientActor } from "#lib/kernel/actor.ts";
import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { enabledAmong, providersOf } from "#lib/providers/index.ts";
import { type SyncedPerson, syncRoles } from "#lib/sso/index.ts";
import { isOutOfReach } from "./reach.ts";

/** So many in one transaction: whoever else changes access waits meanwhile, and what was sent of them is in memory. */
export const syncedAtOnce = 100;

/** For whom roles are worked out, and whether administrators are among those whom that may concern. */
export interface Syncing {
  provider: string;
  administrators: boolean;
}

export const syncingOf = ({ provider, scopes }: ClientActor): Syncing => ({
  provider,
  administrators: scopes.includes("administrators"),
});

/**
 * Works out the roles of people again after what is known of them changed, where their provider syncs roles. Whoever is
 * too many for this transaction is marked: `finishSync` goes on with them. The caller holds the access lock.
 * @returns ids of those who are left
 */
export async function syncPeople(
  tx: Tx,
  call: Call,
  client: ClientActor,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0 || client.provider === "") return [];
  const [now, left] = [ids.slice(0, syncedAtOnce), ids.slice(syncedAtOnce)];
  const synced = await syncNow(tx, call, syncingOf(client), now);
  if (!synced || left.length === 0) return [];
  await tx.scimUser.updateMany({ where: { userId: { in: left } }, data: { rolesDue: true } });
  return left;
}

/**
 * Makes the roles of these people what their groups and attributes say. Who is out of the client's reach keeps what
 * they hold. The caller holds the access lock.
 * @returns ids of those who are done: all, or those who lose something where only they are asked for. Undefined where
 * the provider does not sync roles
 */
export async function syncNow(
  tx: Tx,
  call: Call,
  { provider: slug, administrators }: Syncing,
  ids: readonly string[],
  { onlyLosing = false } = {},
): Promise<string[] | undefined> {
  const access = await currentPolicy(tx);
  const providers = await providersOf(tx, access);
  const provider = enabledAmong(providers, slug);
  if (!provider?.syncRoles) return undefined;
  const held = await heldRowsOf(tx, ids, call.at);
  const within = ids.filter((id) => administrators || !isOutOfReach(access, held.get(id) ?? []));
  const people = await describePeople(tx, within);
  const syncing = { provider, providers, access, source: "scim", onlyLosing } as const;
  const synced = await syncRoles(
    tx,
    call,
    syncing,
    people.map((one) => ({ ...one, held: held.get(one.userId) ?? [] })),
  );
  return onlyLosing ? [...synced.keys()] : [...ids];
}

const rowSchema = z.object({
  userId: z.string(),
  username: z.string(),
  resource: z.record(z.string(), z.unknown()),
  groups: z.array(z.object({ id: z.string(), displayName: z.string() })),
});

/**
 * What a provider has said of people by SCIM, as claims for its rules: their attributes and the groups that they are in.
 * Somebody in no group has an empty list of them, which is not the same as a claim that is not there.
 */
export async function describePeople(tx: Tx, ids: readonly string[]): Promise<Omit<SyncedPerson, "held">[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT s.user_id AS "userId", u.username, s.resource, COALESCE((
      SELECT json_agg(json_build_object('id', COALESCE(g.external_id, g.id::text), 'displayName', g.name) ORDER BY g.id)
      FROM scim_group_members m JOIN scim_groups g ON g.id = m.group_id WHERE m.user_id = s.user_id), '[]') AS groups
    FROM scim_users s JOIN users u ON u.id = s.user_id
    WHERE s.user_id = ANY(${[...ids]}::uuid[]) ORDER BY s.user_id`;
  return rows.map((row) => {
    const { resource, groups, ...who } = rowSchema.parse(row);
    return { ...who, claims: { ...resource, groups } };
  });
}
