import { keepingAdministrators } from "#lib/assignments/index.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { removeUnheldExpressionRoles } from "#lib/roles/index.ts";
import { findTarget, nameTarget } from "./find-target.ts";
import { refuseDeletion } from "./rules.ts";
import { userIdSchema } from "./schema.ts";

/** Removes a user for good, with everything that is theirs: sessions, devices, factors, links. The trail keeps the name. */
export const deleteUser = defineCommand({
  name: "delete user",
  needs: "manageUsers",
  changesAccess: true,
  dangerous: true,
  refusedUnderSync: true,
  input: userIdSchema,
  about: ({ id }) => ({ kind: "user", id, name: id }),
  async prepare({ reader, concerns }, { id }) {
    concerns(await nameTarget(reader, id));
  },
  async run({ tx, actor, at, call }, { id }) {
    const user = await findTarget(tx, id, at);
    refuseDeletion(actor, user, at);
    const removed = () => tx.user.delete({ where: { id }, select: { id: true } });
    await keepingAdministrators(tx, call.at, "delete", removed, id);
    await removeUnheldExpressionRoles(tx, call.at);
    const { username, email, givenName, familyName, active, subject } = user;
    const roles = subject.assignments.map(({ role }) => role);
    return {
      target: { kind: "user", id, name: username },
      before: { username, email, givenName, familyName, active, roles },
      result: { id, username },
    };
  },
});
