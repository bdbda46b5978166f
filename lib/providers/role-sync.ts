import { z } from "zod";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import type { RoleSync } from "#lib/kernel/role-sync.ts";
import { Prisma } from "#prisma";
import { environmentSlug, saidEnabled, saidSync } from "./environment.ts";

/** What tells whether role sync is on, as JSON: for the read that finds out who is asking. */
export const syncColumn = Prisma.sql`
  COALESCE((SELECT json_agg(json_build_object(
      'slug', i.slug, 'label', i.label, 'enabled', i.enabled, 'syncRoles', i.sync_roles) ORDER BY i.position, i.slug)
    FROM identity_providers i), '[]')`;

export const syncColumnSchema = z.array(
  z.object({ slug: z.string(), label: z.string(), enabled: z.boolean(), syncRoles: z.boolean() }),
);
export type ProviderState = z.infer<typeof syncColumnSchema>[number];

/** The states as they count: what the environment says of its provider laid over the row. */
export function statesFrom(rows: readonly ProviderState[]): ProviderState[] {
  const said = rows.find(({ slug }) => slug === environmentSlug);
  const here = {
    slug: environmentSlug,
    label: said?.label ?? "Single sign-on",
    enabled: saidEnabled() ?? said?.enabled ?? false,
    syncRoles: saidSync() ?? said?.syncRoles ?? false,
  };
  return [here, ...rows.filter((row) => row !== said)];
}

/** Role sync is on while one provider that is switched on syncs; undefined while none does. */
export function roleSyncFrom(rows: readonly ProviderState[]): RoleSync | undefined {
  const syncing = statesFrom(rows).filter((row) => row.enabled && row.syncRoles);
  return syncing.length > 0 ? { by: syncing.map(({ label }) => label) } : undefined;
}

export async function roleSyncOf(reader: Reader | Tx): Promise<RoleSync | undefined> {
  const [row] = await reader.$queryRaw<{ providers: unknown }[]>`SELECT ${syncColumn} AS providers`;
  return roleSyncFrom(syncColumnSchema.parse(row?.providers));
}
