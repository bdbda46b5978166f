import { throwIf } from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/id.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { currentPolicy, policyChanged } from "#lib/policy/index.ts";
import { applyChange, columnsOf } from "./apply-change.ts";
import { askChangeRules } from "./ask-change-rules.ts";
import { changeInTrail } from "./change-trail.ts";
import { isExpressionRole } from "./expression-role.ts";
import { changeOfRole, newRole } from "./role-change.ts";
import { createRoleInput } from "./role-input.ts";
import { customRolesRefusal } from "./role-refusals.ts";

/** A custom role. Its name is its key: it shows up at once as a column and in every choice of roles. */
export const createRole = defineCommand({
  name: "add role",
  needs: "manageRoles",
  changesAccess: true,
  refusedUnderSync: true,
  input: createRoleInput,
  about: (input) => ({ kind: "role", name: input.key }),
  async run({ tx, call, actor, at }, input) {
    const { key, description, confirmed } = input;
    const access = await currentPolicy(tx);
    throwIf(customRolesRefusal(access));
    await refuseName(tx, key, access.catalogue.customRoles);
    const wanted = { ...input, add: input.grants, remove: [], addBases: input.bases, removeBases: [] };
    const change = changeOfRole(newRole, wanted);
    const fields = { grants: "grants", bases: "bases" };
    const ids = await askChangeRules(tx, { role: key, change, actor, access, confirmed, at, fields });
    const role = await tx.role.create({
      data: {
        id: newId(at),
        key,
        label: labelOf(key),
        description,
        rank: access.catalogue.customRoles.rank,
        createdAt: call.at,
        updatedAt: call.at,
        updatedBy: actor.kind === "user" ? actor.username : null,
        ...columnsOf(change),
      },
      select: { id: true },
    });
    await applyChange(tx, role.id, change, ids);
    await policyChanged(tx);
    const { added: _, removed: __, ...after } = changeInTrail(change).after;
    return {
      target: { kind: "role", id: role.id, name: key },
      after: { key, description, ...after, grants: [...change.after.grants.keys()] },
      result: { key },
    };
  },
});

async function refuseName(
  tx: Tx,
  key: string,
  rule: { keyPattern: string; keyHint: string; reserved: readonly string[] },
) {
  const field = (message: string) => ({ fields: { key: [message] } });
  if (isExpressionRole(key) || !new RegExp(rule.keyPattern, "u").test(key)) {
    throw new AppError(
      "invalid",
      "bad_role_name",
      "Some fields need another look.",
      field(`Use ${rule.keyHint}.`),
    );
  }
  const reserved = rule.reserved.some((word) => word.toLowerCase() === key.toLowerCase());
  const taken = await tx.role.findFirst({
    where: { key: { equals: key, mode: "insensitive" } },
    select: { key: true },
  });
  if (!reserved && !taken) return;
  const message = reserved
    ? `The name ${key} is reserved: choose another.`
    : `There is a role named ${taken?.key} already: choose another name.`;
  throw new AppError("conflict", "role_name_taken", message, field(message));
}

/** `patch_operator` reads "Patch operator". */
function labelOf(key: string): string {
  const words = key.replaceAll(/[_.-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
