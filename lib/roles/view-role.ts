import { z } from "zod";
import { dangerOf } from "#lib/access/index.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { baseChoices } from "./base-choices.ts";
import { roleCells } from "./cells.ts";
import { editedAttributes } from "./edited-attributes.ts";
import { loadLimitNames } from "./limit-names.ts";
import type { MatrixCell } from "./matrix-data.ts";
import { loadGroups } from "./matrix-groups.ts";
import { loadMatrixRoles, type MatrixRoleRow } from "./matrix-rows.ts";
import type { RoleDetails } from "./role-details.ts";
import { hoursOf } from "./role-facts.ts";
import { deleteRefusal, editRefusal, mayManageRoles } from "./role-refusals.ts";

/** One role, with all that its editor offers and a reason beside everything that the actor may not do. */
export const viewRole = defineQuery({
  name: "view role",
  needs: "viewRoles",
  input: z.object({ role: z.string().max(100) }),
  async run(context, input): Promise<RoleDetails> {
    const { reader, actor, at } = context;
    if (actor.kind !== "user") throw new AppError("unauthenticated", "sign_in_required", "Sign in to go on.");
    const rows = await loadMatrixRoles(reader, at);
    const row = rows.find(({ key }) => key === input.role);
    if (!row)
      throw new AppError(
        "not_found",
        "role_not_found",
        `There is no role ${input.role}: it may have been deleted.`,
      );
    const { access } = actor;
    const groups = await loadGroups(reader, context);
    const permissions = groups.flatMap((group) => group.permissions);
    const names = await loadLimitNames(
      reader,
      rows.flatMap(({ grants }) => grants),
    );
    const cells = roleCells({ ...access, permissions, roles: rows, names })(row);
    const mayNot = mayManageRoles(actor, at);
    const why = mayNot ?? editRefusal(row)?.message;
    const stays = mayNot ?? deleteRefusal(row)?.message;
    const { key, label, description, builtIn, superuser, rank, version, people, bases, window, api } = row;
    return {
      key,
      label,
      description,
      builtIn,
      superuser,
      dangerous: dangerOf(access.policy, access.catalogue, key) !== undefined,
      rank,
      version,
      people,
      groups,
      grants: Object.fromEntries(row.grants.map(({ permission, limits }) => [permission, [...limits]])),
      given: givenOf(row, cells),
      bases,
      choices: why === undefined ? baseChoices(actor, rows, at, row) : chosenOf(rows, row),
      heirs: rows.filter((other) => other.bases.includes(key)).map((heir) => heir.label),
      attributes: await editedAttributes(reader, access, why === undefined ? undefined : row.grants),
      guarding: Object.values(access.catalogue.capabilities),
      ...(window && { window, hours: hoursOf(window, at) }),
      api,
      edit: why === undefined ? { allowed: true } : { allowed: false, why },
      remove: stays === undefined ? { allowed: true } : { allowed: false, why: stays },
    };
  },
});

/** What it has not of itself alone. */
function givenOf(row: MatrixRoleRow, cells: Record<string, MatrixCell>): RoleDetails["given"] {
  return Object.fromEntries(
    Object.entries(cells).flatMap(([key, { by, from, alsoFrom, limits }]) => {
      const ways = by === "own" ? alsoFrom : by === "always" ? [row.label] : from;
      // What limits an own grant is its own to say.
      return ways ? [[key, { from: ways, ...(limits && by !== "own" && { limits }) }]] : [];
    }),
  );
}

const chosenOf = (rows: readonly MatrixRoleRow[], { bases }: MatrixRoleRow) =>
  rows
    .filter(({ key }) => bases.includes(key))
    .map(({ key, label, description }) => ({ key, label, description, gives: 0 }));
