import { z } from "zod";
import { keepingAdministrators } from "#lib/assignments/index.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { removeUnheldExpressionRoles } from "#lib/roles/index.ts";
import { findTarget, nameTarget } from "#lib/users/index.ts";
import { clientOf } from "./client.ts";
import { idSchema } from "./input.ts";
import { refuseOutOfReach } from "./reach.ts";
import { provisioned } from "./update-provisioned-user.ts";

/** A provider takes somebody away for good, with everything that is theirs. The trail keeps the name. */
export const deprovisionUser = defineCommand({
  name: "deprovision user",
  needs: "scim:users",
  changesAccess: true,
  input: z.object({ id: idSchema }),
  about: ({ id }) => ({ kind: "user", name: id ?? "unknown" }),
  async prepare({ reader, concerns }, { id }) {
    if (id) concerns(await nameTarget(reader, id));
  },
  async run({ tx, call, actor, at }, input) {
    const client = clientOf(actor);
    const { id } = await provisioned(tx, client.provider, input.id);
    const { username, email, givenName, familyName, active } = await findTarget(tx, id, at);
    await refuseOutOfReach(tx, client, call.at, { id, username });
    const removed = () => tx.user.delete({ where: { id }, select: { id: true } });
    await keepingAdministrators(tx, call.at, "delete", removed, id);
    await removeUnheldExpressionRoles(tx, call.at);
    return {
      target: { kind: "user", id, name: username },
      before: { username, email, givenName, familyName, active },
      result: undefined,
    };
  },
});
