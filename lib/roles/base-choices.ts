import { z } from "zod";
import { givenBy } from "#lib/access/index.ts";
import { dangerWords } from "#lib/assignments/index.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { cycleRefusal, inheritingRefusal } from "./change-refusals.ts";
import { loadMatrixRoles, type MatrixRoleRow } from "./matrix-rows.ts";
import type { BaseChoice } from "./role-details.ts";

/**
 * The roles that a role may inherit; those beyond reach stay visible with the reason.
 * @param heir absent for a role that is still to be made
 */
export function baseChoices(
  actor: Extract<Actor, { kind: "user" }>,
  rows: readonly MatrixRoleRow[],
  at: number,
  heir?: MatrixRoleRow,
): BaseChoice[] {
  const roles = rows.map(({ key, bases }) => ({ key, inherits: bases }));
  return rows
    .filter(({ key }) => key !== heir?.key)
    .map((row) => {
      const { key, label, description } = row;
      const isBase = heir?.bases.includes(key);
      const why = isBase
        ? undefined
        : ((heir && cycleRefusal(roles, heir.key, [...heir.bases, key])) ??
          inheritingRefusal(actor, row, at, heir?.window));
      const danger = dangerWords(actor.access, key);
      return {
        key,
        label,
        description,
        gives: givenBy(actor.access.policy, key).size,
        ...(danger && { danger }),
        ...(why && { why: why.message }),
      };
    });
}

/** The roles that a role to be may inherit. */
export const listBaseRoles = defineQuery({
  name: "list base roles",
  needs: "manageRoles",
  input: z.object({}),
  run: async ({ reader, actor, at }): Promise<BaseChoice[]> =>
    actor.kind === "user" ? baseChoices(actor, await loadMatrixRoles(reader, at), at) : [],
});
