import { type Catalogue, inheritanceCycle } from "#lib/access/index.ts";
import { heldAt } from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { StartError } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/id.ts";
import { Prisma } from "#prisma";

type CatalogueRole = Catalogue["roles"][number];

/** Built-in roles as the catalogue has them. One that vanished goes, or stays as a custom role while anybody holds it; answers those. */
export async function bringRolesInLine(tx: Tx, catalogue: Catalogue, at: Date): Promise<string[]> {
  const released = await releaseVanished(tx, catalogue, at);
  const ids = new Map<string, string>();
  const edited = new Set<string>();
  for (const [position, role] of catalogue.roles.entries()) {
    const present = await bringRoleInLine(tx, role, position, at);
    ids.set(role.key, present.id);
    if (present.keepsEdits) edited.add(role.key);
  }
  for (const role of catalogue.roles) if (!edited.has(role.key)) await writeBases(tx, role, ids);
  for (const role of catalogue.roles)
    if (edited.has(role.key) && (await isInCycle(tx, role.key))) await writeBases(tx, role, ids);
  return released;
}

async function bringRoleInLine(
  tx: Tx,
  role: CatalogueRole,
  position: number,
  at: Date,
): Promise<{ id: string; keepsEdits: boolean }> {
  const { key, inherits: _, grants, window, api, ...rest } = role;
  const own = { api, window: window ?? Prisma.DbNull };
  const row = { ...rest, builtIn: true, position };
  const present = await tx.role.findUnique({
    where: { key },
    select: { id: true, edited: true, builtIn: true },
  });
  if (present && !present.builtIn) throw customRoleInTheWay(key);
  if (!present) {
    const id = newId(at.getTime());
    await tx.role.create({
      data: { id, key, ...row, ...own, createdAt: at, updatedAt: at },
      select: { id: true },
    });
    await writeGrants(tx, id, grants);
    return { id, keepsEdits: false };
  }
  const keepsEdits = present.edited && !role.locked && !role.superuser;
  const data = keepsEdits ? row : { ...row, ...own };
  await tx.role.update({ where: { key }, data, select: { id: true } });
  if (!keepsEdits) await writeGrants(tx, present.id, grants);
  return { id: present.id, keepsEdits };
}

async function writeGrants(tx: Tx, roleId: string, grants: CatalogueRole["grants"]): Promise<void> {
  await tx.grant.deleteMany({ where: { roleId } });
  await tx.grant.createMany({
    data: grants.map(({ permission, limits }) => ({ roleId, permissionKey: permission, limits })),
  });
}

async function writeBases(tx: Tx, role: CatalogueRole, ids: ReadonlyMap<string, string>): Promise<void> {
  const roleId = ids.get(role.key) as string;
  await tx.roleBase.deleteMany({ where: { roleId } });
  await tx.roleBase.createMany({
    data: role.inherits.map((base) => ({ roleId, baseId: ids.get(base) as string })),
  });
}

/** What an administrator let a built-in role inherit can close a circle with what a new catalogue says of another. */
async function isInCycle(tx: Tx, key: string): Promise<boolean> {
  const rows = await tx.role.findMany({
    select: { key: true, bases: { select: { base: { select: { key: true } } } } },
  });
  const roles = rows.map((row) => ({ key: row.key, inherits: row.bases.map(({ base }) => base.key) }));
  const own = roles.find((role) => role.key === key)?.inherits ?? [];
  return inheritanceCycle(roles, key, own) !== undefined;
}

async function releaseVanished(tx: Tx, catalogue: Catalogue, at: Date): Promise<string[]> {
  const vanished = await tx.role.findMany({
    where: { builtIn: true, key: { notIn: catalogue.roles.map(({ key }) => key) } },
    select: { id: true, key: true, _count: { select: { assignments: { where: heldAt(at) }, heirs: true } } },
  });
  const inUse = vanished.filter(({ _count }) => _count.assignments + _count.heirs > 0);
  const unused = vanished.filter((role) => !inUse.includes(role));
  const unusedIds = unused.map(({ id }) => id);
  // What is left of their assignments has ended.
  await tx.assignment.deleteMany({ where: { roleId: { in: unusedIds } } });
  await tx.role.deleteMany({ where: { id: { in: unusedIds } } });
  await tx.role.updateMany({
    where: { id: { in: inUse.map(({ id }) => id) } },
    data: { builtIn: false, locked: false, superuser: false, guarded: false, position: null },
  });
  return inUse.map(({ key }) => key);
}

/** Taking it over would hand the built-in role's rights to whoever holds the custom one. */
function customRoleInTheWay(key: string): StartError {
  return new StartError(
    "custom_role_in_the_way",
    `The catalogue has a built-in role "${key}", and so does this installation as a custom role: name the one in the catalogue differently, or delete the custom role first.`,
  );
}
