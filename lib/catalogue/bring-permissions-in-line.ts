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

/** A retired permission goes when no role holds it, an empty group that the catalogue lost with it. */
export async function dropUnheldRetired(tx: Tx): Promise<void> {
  await tx.permission.deleteMany({ where: { retired: true, grants: { none: {} } } });
  const { document } = await tx.policy.findUniqueOrThrow({ where: { id: 1 }, select: { document: true } });
  const groups = (document as unknown as Catalogue).groups.map(({ key }) => key);
  await tx.permissionGroup.deleteMany({ where: { key: { notIn: groups }, permissions: { none: {} } } });
}
