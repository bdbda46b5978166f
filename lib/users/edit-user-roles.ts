import { changeAssignments, lastingRows, type Moved } from "#lib/assignments/index.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { recordOf } from "./assignment-record.ts";
import { changeAccess } from "./change-access.ts";
import { editConflict } from "./edit-conflict.ts";
import { findTarget, nameTarget } from "./find-target.ts";
import { editUserRolesSchema } from "./schema.ts";

/** All that somebody lastingly holds, each with its times and places: several added, changed and taken away at once. */
export const editUserRoles = defineCommand({
  name: "edit roles of user",
  needs: "manageUsers",
  changesAccess: true,
  refusedUnderSync: true,
  input: editUserRolesSchema,
  about: ({ id }) => ({ kind: "user", id, name: id }),
  async prepare({ reader, concerns }, { id }) {
    concerns(await nameTarget(reader, id));
  },
  async run(context, { id, version, assignments: wanted, confirmed }) {
    const { tx, actor, call } = context;
    const user = await findTarget(tx, id, context.at);
    if (user.version !== version) throw await editConflict(tx, user);
    const before = await lastingRows(tx, id, call.at);
    let moved: Moved | undefined;
    const move = async () => {
      moved = await changeAssignments(tx, { actor, at: call.at, userId: id, wanted, confirmed });
      return moved.added.length + moved.changed.length + moved.removed.length;
    };
    const { sessionsEnded } = await changeAccess(context, user, { move });
    const after = await lastingRows(tx, id, call.at);
    return {
      target: { kind: "user", id, name: user.username },
      before: { roles: before.map(recordOf) },
      after: { roles: after.map(recordOf), sessionsEnded },
      result: {
        id,
        username: user.username,
        added: moved?.added.length ?? 0,
        changed: moved?.changed.length ?? 0,
        removed: moved?.removed.length ?? 0,
        sessionsEnded,
      },
    };
  },
});
