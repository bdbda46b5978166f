import type { Limit } from "#lib/access/index.ts";
import type { Reader } from "#lib/kernel/database.ts";

export type MatrixRoleRow = Awaited<ReturnType<typeof loadMatrixRoles>>[number];

/** Every role with its own grants, base roles and holders: built-in ones in the catalogue's order, custom ones by name. */
export async function loadMatrixRoles(reader: Reader) {
  const rows = await reader.role.findMany({
    select: {
      key: true,
      label: true,
      description: true,
      rank: true,
      builtIn: true,
      locked: true,
      superuser: true,
      version: true,
      grants: { select: { permissionKey: true, limits: true } },
      bases: { select: { base: { select: { key: true } } } },
      _count: { select: { assignments: true } },
    },
    orderBy: [{ position: { sort: "asc", nulls: "last" } }, { key: "asc" }],
  });
  return rows.map(({ grants, bases, _count, ...row }) => ({
    ...row,
    people: _count.assignments,
    bases: bases.map(({ base }) => base.key),
    grants: grants.map((grant) => ({
      permission: grant.permissionKey,
      limits: grant.limits as unknown as Limit[],
    })),
  }));
}
