import { giveTemporarily } from "#lib/assignments/index.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { changeAccess, findTarget, nameTarget } from "#lib/users/index.ts";
import { endOf } from "./end-of.ts";
import { giveTemporaryAccessSchema } from "./schema.ts";

/** A role for a task: with a reason and an end, on top of what somebody holds. It ends by itself. */
export const giveTemporaryAccess = defineCommand({
  name: "give temporary access",
  needs: "manageUsers",
  changesAccess: true,
  refusedUnderSync: true,
  input: giveTemporaryAccessSchema,
  about: ({ id }) => ({ kind: "user", id, name: id }),
  async prepare({ reader, concerns }, { id }) {
    concerns(await nameTarget(reader, id));
  },
  async run(context, { id, lasts, confirmed, ...said }) {
    const { tx, actor, call } = context;
    const user = await findTarget(tx, id, context.at);
    const access = { ...said, endsAt: endOf({ lasts, ...said }, call.at) };
    const move = async () => {
      await giveTemporarily(tx, { actor, at: call.at, userId: id, access, source: "elevation", confirmed });
      return 1;
    };
    const { sessionsEnded } = await changeAccess(context, user, { move, temporary: true });
    const { username } = user;
    return {
      target: { kind: "user", id, name: username },
      after: { ...access, sessionsEnded },
      result: { id, username, role: access.role, endsAt: access.endsAt, sessionsEnded },
    };
  },
});
