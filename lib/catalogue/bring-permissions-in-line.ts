import type { Catalogue } from "#lib/access/index.ts";
import type { Tx } from "#lib/kernel/database.ts";

/** Groups and permissions as the catalogue has them. Those that vanished are retired; answers their keys. */
export async function bringPermissionsInLine(tx: Tx, catalogue: Catalogue): Promise<string[]> {
  for (const [position, { key, ...group }] of catalogue.groups.entries()) {
    const row = { ...group, position };
    await tx.permissionGroup.upsert({
      where: { key },
      create: { key, ...row },
      update: row,
      select: { key: true },
    });
  }
  for (const [position, permission] of catalogue.permissions.entries()) {
    const { key, group, feature, ...rest } = permission;
    const row = { ...rest, groupKey: group, feature: feature ?? null, position, retired: false };
    await tx.permission.upsert({
      where: { key },
      create: { key, ...row },
      update: row,
      select: { key: true },
    });
  }
  const keys = catalogue.permissions.map(({ key }) => key);
  const vanished = { key: { notIn: keys }, retired: false };
  const retired = await tx.permission.findMany({ where: vanished, select: { key: true } });
  await tx.permission.updateMany({ where: vanished, data: { retired: true } });
  return retired.map(({ key }) => key);
}

/** A group that the catalogue lost goes with the last of its permissions. */
export async function dropEmptyGroups(tx: Tx, { groups }: Catalogue): Promise<void> {
  const keys = groups.map(({ key }) => key);
  await tx.permissionGroup.deleteMany({ where: { key: { notIn: keys }, permissions: { none: {} } } });
}
