import { z } from "zod";
import type { ClientActor } from "#lib/kernel/actor.ts";
import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { type Claims, enabledProvider } from "#lib/providers/index.ts";
import { syncRoles } from "#lib/sso/index.ts";
import { outOfReach } from "./reach.ts";

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

/**
 * Works out the roles of people again after what is known of them changed, where their provider syncs roles.
 * The caller holds the access lock. Who is out of the client's reach keeps what they hold.
 */
export async function syncPeople(
  tx: Tx,
  call: Call,
  client: ClientActor,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0 || client.provider === "") return;
  const provider = await enabledProvider(tx, client.provider);
  if (!provider?.syncRoles) return;
  const beyond = await outOfReach(tx, client, call.at, ids);
  for (const { id, claims } of await claimsOf(
    tx,
    ids.filter((one) => !beyond.has(one)),
  ))
    await syncRoles(tx, call, { userId: id, provider, claims, source: "scim" });
}
