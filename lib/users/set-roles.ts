import { lastingRows } from "#lib/assignments/index.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { changeAccess } from "./change-access.ts";
import { findTarget, nameTarget } from "./find-target.ts";
import { userRolesSchema } from "./schema.ts";

/** Gives somebody exactly these roles. A change ends their sessions. */
export const setUserRoles = defineCommand({
  name: "set roles of user",
  needs: "manageUsers",
  changesAccess: true,
  refusedUnderSync: true,
  input: userRolesSchema,
  about: ({ id }) => ({ kind: "user", id, name: id }),
  async prepare({ reader, concerns }, { id }) {
    concerns(await nameTarget(reader, id));
  },
  async run(context, { id, roles: wanted, confirmed }) {
    const user = await findTarget(context.tx, id, context.at);
    const roles = [...new Set(wanted)];
    const held = await lastingRows(context.tx, id, context.call.at);
    const { sessionsEnded } = await changeAccess(context, user, { roles, confirmed });
    const { username } = user;
    return {
      target: { kind: "user", id, name: username },
      before: { roles: held.map(({ role }) => role.key) },
      after: { roles, sessionsEnded },
      result: { id, username, roles, sessionsEnded },
    };
  },
});
