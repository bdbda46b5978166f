import { heldAt, throwIf } from "#lib/assignments/index.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { loadEditedRole } from "./edited-role.ts";
import { removeRole } from "./remove-role.ts";
import { deleteRefusal, inUseRefusal } from "./role-refusals.ts";
import { deleteRoleSchema } from "./schema.ts";

/** Deletes a custom role that nobody holds, no other role inherits and no setting names. */
export const deleteRole = defineCommand({
  name: "delete role",
  needs: "manageRoles",
  changesAccess: true,
  refusedUnderSync: true,
  input: deleteRoleSchema,
  about: (input) => ({ kind: "role", name: input.role }),
  async run({ tx, call }, input) {
    const role = await loadEditedRole(tx, input.role, input.version);
    throwIf(deleteRefusal(role));
    const people = await tx.user.count({
      where: { assignments: { some: { roleId: role.id, ...heldAt(call.at) } } },
    });
    throwIf(inUseRefusal(role, people));
    await removeRole(tx, role);
    const { key, label, description, grants } = role;
    return {
      target: { kind: "role", id: role.id, name: key },
      before: { key, label, description, grants },
      result: { key },
    };
  },
});
