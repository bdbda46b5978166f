import { z } from "zod";
import { dangerOf } from "#lib/access/index.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { type CellSource, roleCells } from "./cells.ts";
import { loadLimitNames } from "./limit-names.ts";
import type { MatrixData, MatrixRole } from "./matrix-data.ts";
import { loadGroups } from "./matrix-groups.ts";
import { loadMatrixRoles, type MatrixRoleRow } from "./matrix-rows.ts";
import { howGiven } from "./role-facts.ts";
import { deleteRefusal, editRefusal, mayManageRoles } from "./role-refusals.ts";

/** The whole role-permission matrix, with a reason beside everything that the actor may not do. */
export const viewMatrix = defineQuery({
  name: "view roles",
  needs: "viewRoles",
  input: z.object({}),
  async run(context): Promise<MatrixData> {
    const { reader, actor, at } = context;
    if (actor.kind !== "user") throw new AppError("unauthenticated", "sign_in_required", "Sign in to go on.");
    const groups = await loadGroups(reader, context);
    const rows = await loadMatrixRoles(reader, at);
    const permissions = groups.flatMap((group) => group.permissions);
    const names = await loadLimitNames(
      reader,
      rows.flatMap(({ grants }) => grants),
    );
    const source: CellSource = { ...actor.access, permissions, roles: rows, names };
    const cellsOf = roleCells(source);
    const why = mayManageRoles(actor, at);
    return {
      groups,
      roles: rows.map((row) => matrixRole(row, source, cellsOf(row), at)),
      edit: why === undefined ? { allowed: true } : { allowed: false, why },
    };
  },
});

function matrixRole(
  row: MatrixRoleRow,
  source: CellSource,
  cells: MatrixRole["cells"],
  at: number,
): MatrixRole {
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
    ...howGiven(row, source.roles, at),
    edit: edit ? { allowed: false, why: edit.message } : { allowed: true },
    remove: remove ? { allowed: false, why: remove.message } : { allowed: true },
  };
}
