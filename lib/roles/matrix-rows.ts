import type { ApiAccess, Limit, Window } from "#lib/access/index.ts";
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
      guarded: true,
      version: true,
      window: true,
      api: true,
      grants: { select: { permissionKey: true, limits: true } },
      bases: { select: { base: { select: { key: true } } } },
      _count: { select: { assignments: true } },
    },
    orderBy: [{ position: { sort: "asc", nulls: "last" } }, { key: "asc" }],
  });
  return rows.map(({ grants, bases, window, api, _count, ...row }) => ({
    ...row,
    window: (window as Window | null) ?? undefined,
    api: api as unknown as ApiAccess,
    people: _count.assignments,
    bases: bases.map(({ base }) => base.key),
    grants: grants.map((grant) => ({
      permission: grant.permissionKey,
      limits: grant.limits as unknown as Limit[],
    })),
  }));
}
