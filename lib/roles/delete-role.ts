import { heldAt, throwIf } from "#lib/assignments/index.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { policyChanged } from "#lib/policy/index.ts";
import { registrationOf } from "#lib/settings/index.ts";
import { loadEditedRole } from "./edited-role.ts";
import { deleteRefusal, inUseRefusal } from "./role-refusals.ts";
import { deleteRoleSchema } from "./schema.ts";

/** Deletes a custom role that nobody holds, no other role inherits and no setting names. */
export const deleteRole = defineCommand({
  name: "delete role",
  needs: "manageRoles",
  changesAccess: true,
  input: deleteRoleSchema,
  about: (input) => ({ kind: "role", name: input.role }),
  async run({ tx, call }, input) {
    const role = await loadEditedRole(tx, input.role, input.version);
    throwIf(deleteRefusal(role));
    const people = await tx.user.count({
      where: { assignments: { some: { roleId: role.id, ...heldAt(call.at) } } },
    });
    throwIf(inUseRefusal(role, people));
    const heirs = await tx.roleBase.findMany({
      where: { baseId: role.id },
      select: { role: { select: { key: true } } },
    });
    throwIf(
      inheritedRefusal(
        role.key,
        heirs.map((heir) => heir.role.key),
      ),
    );
    throwIf(defaultRefusal(role.key, (await registrationOf(tx)).role));
    // What is left has ended: nobody holds it.
    await tx.assignment.deleteMany({ where: { roleId: role.id } });
    await tx.role.delete({ where: { id: role.id }, select: { id: true } });
    await policyChanged(tx);
    const { key, label, description, grants } = role;
    return {
      target: { kind: "role", id: role.id, name: key },
      before: { key, label, description, grants },
      result: { key },
    };
  },
});

function inheritedRefusal(key: string, heirs: readonly string[]) {
  if (heirs.length === 0) return undefined;
  const message = `Cannot delete role: ${heirs.join(", ")} inherit from ${key}. Take it out of their base roles first.`;
  return { code: "conflict" as const, reason: "role_inherited", message };
}

function defaultRefusal(key: string, registrationRole: string) {
  if (key !== registrationRole) return undefined;
  const message = `Cannot delete role: ${key} is the default role for new users. Choose another in User Registration Settings first.`;
  return { code: "conflict" as const, reason: "role_is_default", message };
}
