import { z } from "zod";
import { dangerOf, dangerousPermissions } from "#lib/access/index.ts";
import { can } from "#lib/kernel/actor.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { type Context, defineQuery } from "#lib/kernel/operation.ts";
import { type CellSource, roleCells } from "./cells.ts";
import type { MatrixData, MatrixGroup, MatrixRole } from "./matrix-data.ts";
import { loadMatrixRoles, type MatrixRoleRow } from "./matrix-rows.ts";
import { deleteRefusal, editRefusal, grantingRefusal } from "./role-refusals.ts";

/** The whole role-permission matrix, with a reason beside everything that the actor may not do. */
export const viewMatrix = defineQuery({
  name: "view roles",
  needs: "viewRoles",
  input: z.object({}),
  async run(context): Promise<MatrixData> {
    const { reader, actor, at } = context;
    if (actor.kind !== "user") throw new AppError("unauthenticated", "sign_in_required", "Sign in to go on.");
    const groups = await loadGroups(reader, context);
    const rows = await loadMatrixRoles(reader);
    const permissions = groups.flatMap((group) => group.permissions);
    const source: CellSource = { ...actor.access, permissions, roles: rows };
    return {
      groups,
      roles: rows.map((row) => matrixRole(row, source)),
      edit: can(actor, "manageRoles", at)
        ? { allowed: true }
        : {
            allowed: false,
            why: "You may look at roles but not change them: that needs the right to manage roles.",
          },
    };
  },
});

async function loadGroups(reader: Reader, { actor, at }: Context): Promise<MatrixGroup[]> {
  const found = await reader.permissionGroup.findMany({
    select: {
      key: true,
      label: true,
      description: true,
      risk: true,
      permissions: {
        select: {
          key: true,
          label: true,
          description: true,
          implies: true,
          feature: true,
          retired: true,
        },
        orderBy: { position: "asc" },
      },
    },
    orderBy: { position: "asc" },
  });
  const dangerous = actor.kind === "user" ? dangerousPermissions(actor.access.catalogue) : [];
  const features = actor.kind === "user" ? actor.access.catalogue.features : [];
  return found
    .filter((group) => group.permissions.length > 0)
    .map(({ permissions, risk, ...group }) => ({
      ...group,
      risk: risk as MatrixGroup["risk"],
      permissions: permissions.map(({ feature, retired, ...permission }) => {
        const refusal = grantingRefusal(actor, [permission.key], at);
        const off = features.find(({ key, enabled }) => key === feature && !enabled);
        const withoutEffect = retired
          ? "Retired: the catalogue does not have it any more"
          : off && `No effect while ${off.label} is off`;
        return {
          ...permission,
          dangerous: dangerous.includes(permission.key),
          ...(withoutEffect && { withoutEffect }),
          grantable: !retired && !refusal,
          ...(refusal && { grantWhy: refusal.message }),
        };
      }),
    }));
}

function matrixRole(row: MatrixRoleRow, source: CellSource): MatrixRole {
  const cells = roleCells(row, source);
  const edit = editRefusal(row);
  const remove = deleteRefusal(row);
  return {
    key: row.key,
    label: row.label,
    description: row.description,
    builtIn: row.builtIn,
    rank: row.rank,
    superuser: row.superuser,
    dangerous: dangerOf(source.policy, source.catalogue, row.key) !== undefined,
    version: row.version,
    people: row.people,
    held: Object.keys(cells).length,
    total: source.permissions.length,
    cells,
    edit: edit ? { allowed: false, why: edit.message } : { allowed: true },
    remove: remove ? { allowed: false, why: remove.message } : { allowed: true },
  };
}
