import type { ApiAccess, Limit, Window } from "#lib/access/index.ts";
import { heldSql } from "#lib/assignments/index.ts";
import type { Reader } from "#lib/kernel/database.ts";

export type MatrixRoleRow = Awaited<ReturnType<typeof loadMatrixRoles>>[number];

/** Every role with its own grants, base roles and holders: built-in ones in the catalogue's order, custom ones by name. */
export async function loadMatrixRoles(reader: Reader, at: number) {
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
    },
    orderBy: [{ position: { sort: "asc", nulls: "last" } }, { key: "asc" }],
  });
  const people = await peopleByRole(reader, at);
  return rows.map(({ grants, bases, window, api, ...row }) => ({
    ...row,
    window: (window as Window | null) ?? undefined,
    api: api as unknown as ApiAccess,
    people: people.get(row.key) ?? 0,
    bases: bases.map(({ base }) => base.key),
    grants: grants.map((grant) => ({
      permission: grant.permissionKey,
      limits: grant.limits as unknown as Limit[],
    })),
  }));
}

/** Whoever holds a role twice, at other times or in other places, is one person. */
async function peopleByRole(reader: Reader, at: number): Promise<Map<string, number>> {
  const rows = await reader.$queryRaw<{ key: string; people: number }[]>`
    SELECT r.key, count(DISTINCT a.user_id)::int AS people
    FROM assignments a JOIN roles r ON r.id = a.role_id WHERE ${heldSql(at)} GROUP BY r.key`;
  return new Map(rows.map(({ key, people }) => [key, people]));
}
