import { dangersAdded } from "#lib/access/index.ts";
import { keepingAdministrators, refuseUnconfirmedPermissions, throwIf } from "#lib/assignments/index.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { currentPolicy, policyChanged } from "#lib/policy/index.ts";
import { loadEditedRole } from "./edited-role.ts";
import { refuseUnknownPermissions } from "./permissions.ts";
import { editRefusal, grantingRefusal } from "./role-refusals.ts";
import { editRoleSchema } from "./schema.ts";

/** Gives a role permissions and takes others away. Holders feel it at their next request; nobody signs in anew. */
export const editRole = defineCommand({
  name: "edit role",
  needs: "manageRoles",
  changesAccess: true,
  input: editRoleSchema,
  about: (input) => ({ kind: "role", name: input.role }),
  async run({ tx, call, actor, at }, input) {
    const role = await loadEditedRole(tx, input.role, input.version);
    throwIf(editRefusal(role));
    const added = [...new Set(input.add)].filter((key) => !role.grants.includes(key));
    const removed = [...new Set(input.remove)].filter(
      (key) => role.grants.includes(key) && !input.add.includes(key),
    );
    await refuseUnknownPermissions(tx, added, "add");
    throwIf(grantingRefusal(actor, added, at), "add");
    const access = await currentPolicy(tx);
    const dangers = dangersAdded(access.policy, access.catalogue, role.key, added);
    refuseUnconfirmedPermissions(actor, access, dangers, input.confirmed);

    await keepingAdministrators(tx, call.at, "edit", async () => {
      await tx.grant.deleteMany({ where: { roleId: role.id, permissionKey: { in: removed } } });
      await tx.grant.createMany({ data: added.map((permissionKey) => ({ roleId: role.id, permissionKey })) });
      await tx.role.update({
        where: { id: role.id },
        data: {
          version: { increment: 1 },
          edited: role.builtIn,
          updatedAt: call.at,
          updatedBy: actor.kind === "user" ? actor.username : null,
        },
        select: { id: true },
      });
      await policyChanged(tx);
    });
    const grants = [...role.grants.filter((key) => !removed.includes(key)), ...added].sort();
    return {
      target: { kind: "role", id: role.id, name: role.key },
      before: { grants: role.grants },
      after: { grants, added, removed },
      result: { key: role.key, version: role.version + 1, added: added.length, removed: removed.length },
    };
  },
});
