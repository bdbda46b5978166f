import { apiAccessSchema, limitSchema, windowSchema } from "#lib/access/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { RoleState } from "./role-change.ts";

/**
 * The role that a form was opened on. When somebody else saved it meanwhile, the answer carries its present state,
 * so that the form can put its own changes on top instead of losing them.
 */
export async function loadEditedRole(tx: Tx, key: string, version: number) {
  const row = await tx.role.findUnique({
    where: { key },
    select: {
      id: true,
      key: true,
      label: true,
      description: true,
      builtIn: true,
      locked: true,
      superuser: true,
      version: true,
      updatedAt: true,
      updatedBy: true,
      window: true,
      api: true,
      grants: { select: { permissionKey: true, limits: true } },
      bases: { select: { base: { select: { key: true } } } },
    },
  });
  if (!row)
    throw new AppError("not_found", "role_not_found", `There is no role ${key}: it may have been deleted.`);
  const grants = row.grants.map(({ permissionKey }) => permissionKey).sort();
  if (row.version !== version) {
    const by = row.updatedBy ?? "somebody";
    const message = `${by} changed ${key} since you opened it. Your changes are kept: look at theirs and save again.`;
    const details = { version: row.version, grants, by, at: row.updatedAt.toISOString() };
    throw new AppError("conflict", "edit_conflict", message, { details });
  }
  return { ...row, grants, state: stateOf(row) };
}

/** What a role gives, read as the schemas write it, so that what is equal compares as equal. */
function stateOf(row: {
  window: unknown;
  api: unknown;
  grants: readonly { permissionKey: string; limits: unknown }[];
  bases: readonly { base: { key: string } }[];
}): RoleState {
  return {
    grants: new Map(
      row.grants.map(({ permissionKey, limits }) => [permissionKey, limitSchema.array().parse(limits)]),
    ),
    bases: row.bases.map(({ base }) => base.key),
    window: windowSchema.nullable().parse(row.window) ?? undefined,
    api: apiAccessSchema.parse(row.api),
  };
}
