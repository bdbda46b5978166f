import { endTemporarily } from "#lib/assignments/index.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { changeAccess, findTarget, nameTarget } from "#lib/users/index.ts";
import { endTemporaryAccessSchema } from "./schema.ts";

/** Ends temporary access before its time. */
export const endTemporaryAccess = defineCommand({
  name: "end temporary access",
  needs: "manageUsers",
  changesAccess: true,
  refusedUnderSync: true,
  input: endTemporaryAccessSchema,
  about: ({ id }) => ({ kind: "user", id, name: id }),
  async prepare({ reader, concerns }, { id }) {
    concerns(await nameTarget(reader, id));
  },
  async run(context, { id, assignment }) {
    const { tx, actor, call } = context;
    const user = await findTarget(tx, id, context.at);
    let was: Awaited<ReturnType<typeof endTemporarily>> | undefined;
    const move = async () => {
      was = await endTemporarily(tx, { actor, at: call.at, userId: id, id: assignment });
      return 1;
    };
    const { sessionsEnded } = await changeAccess(context, user, { move, temporary: true });
    const { username } = user;
    return {
      target: { kind: "user", id, name: username },
      before: { role: was?.role.key, endsAt: was?.endsAt, reason: was?.reason, source: was?.source },
      after: { sessionsEnded },
      result: { id, username, role: was?.role.label ?? "", sessionsEnded },
    };
  },
});
