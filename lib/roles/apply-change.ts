import type { Tx } from "#lib/kernel/database.ts";
import { Prisma } from "#prisma";
import type { RoleChange } from "./role-change.ts";

/** Hours and API access as the table of roles holds them: only what changes. */
export const columnsOf = ({ after, window, api }: RoleChange) => ({
  ...(window && { window: after.window ?? Prisma.DbNull }),
  ...(api && { api: after.api }),
});

/** Writes the grants and base roles of a role that change. */
export async function applyChange(
  tx: Tx,
  roleId: string,
  change: RoleChange,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const { after, added, removed, limited, addedBases, removedBases } = change;
  if (removed.length > 0) await tx.grant.deleteMany({ where: { roleId, permissionKey: { in: removed } } });
  await tx.grant.createMany({
    data: added.map((permissionKey) => ({
      roleId,
      permissionKey,
      limits: [...(after.grants.get(permissionKey) ?? [])],
    })),
  });
  for (const permissionKey of limited)
    await tx.grant.update({
      where: { roleId_permissionKey: { roleId, permissionKey } },
      data: { limits: [...(after.grants.get(permissionKey) ?? [])] },
      select: { roleId: true },
    });
  const idsOf = (keys: readonly string[]) => keys.flatMap((key) => ids.get(key) ?? []);
  if (removedBases.length > 0)
    await tx.roleBase.deleteMany({ where: { roleId, baseId: { in: idsOf(removedBases) } } });
  await tx.roleBase.createMany({ data: idsOf(addedBases).map((baseId) => ({ roleId, baseId })) });
}
