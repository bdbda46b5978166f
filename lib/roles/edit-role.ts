import { keepingAdministrators, throwIf } from "#lib/assignments/index.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { currentPolicy, policyChanged } from "#lib/policy/index.ts";
import { applyChange, columnsOf } from "./apply-change.ts";
import { askChangeRules } from "./ask-change-rules.ts";
import { changeInTrail } from "./change-trail.ts";
import { loadEditedRole } from "./edited-role.ts";
import { changeOfRole } from "./role-change.ts";
import { editRoleInput } from "./role-input.ts";
import { editRefusal } from "./role-refusals.ts";

/**
 * Changes what a role gives: permissions and their limits, base roles, hours, API access.
 * Holders feel it at their next request; nobody signs in anew.
 */
export const editRole = defineCommand({
  name: "edit role",
  needs: "manageRoles",
  changesAccess: true,
  refusedUnderSync: true,
  input: editRoleInput,
  about: (input) => ({ kind: "role", name: input.role }),
  async run({ tx, call, actor, at }, input) {
    const role = await loadEditedRole(tx, input.role, input.version);
    throwIf(editRefusal(role));
    const access = await currentPolicy(tx);
    const change = changeOfRole(role.state, input);
    const { confirmed } = input;
    const fields = { grants: "add", bases: "addBases" };
    const ids = await askChangeRules(tx, { role: role.key, change, actor, access, confirmed, at, fields });

    await keepingAdministrators(tx, call.at, "edit", async () => {
      await applyChange(tx, role.id, change, ids);
      await tx.role.update({
        where: { id: role.id },
        data: {
          ...columnsOf(change),
          version: { increment: 1 },
          edited: role.builtIn,
          updatedAt: call.at,
          updatedBy: actor.kind === "user" ? actor.username : null,
        },
        select: { id: true },
      });
      await policyChanged(tx);
    });
    const { added, removed, limited, addedBases, removedBases } = change;
    return {
      target: { kind: "role", id: role.id, name: role.key },
      ...changeInTrail(change),
      result: {
        key: role.key,
        version: role.version + 1,
        added: added.length,
        removed: removed.length,
        limited: limited.length,
        bases: addedBases.length + removedBases.length,
        window: change.window,
        api: change.api,
      },
    };
  },
});
