import { defineCommand } from "#lib/kernel/operation.ts";
import { changeAccess } from "./change-access.ts";
import { findTarget, nameTarget } from "./find-target.ts";
import { userIdSchema } from "./schema.ts";

/** Stops somebody from signing in and shuts them out at once; record, history and roles stay. */
export const deactivateUser = settingActive("deactivate user", false);

/** Lets somebody sign in again, with the roles that they kept. What had ended stays ended. */
export const reactivateUser = settingActive("reactivate user", true);

function settingActive(name: string, active: boolean) {
  return defineCommand({
    name,
    needs: "manageUsers",
    changesAccess: true,
    refusedUnderSync: true,
    input: userIdSchema,
    about: ({ id }) => ({ kind: "user", id, name: id }),
    async prepare({ reader, concerns }, { id }) {
      concerns(await nameTarget(reader, id));
    },
    async run(context, { id }) {
      const user = await findTarget(context.tx, id, context.at);
      const ended = await changeAccess(context, user, { active });
      const { username } = user;
      return {
        target: { kind: "user", id, name: username },
        before: { active: user.active },
        after: { active, ...ended },
        result: { id, username, ...ended },
      };
    },
  });
}
