import { z } from "zod";
import { holdsAccess, needAccess, type Tx } from "#lib/kernel/database.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { addressMoved, protectionNotice } from "#lib/mail/index.ts";
import { holdProviders } from "#lib/providers/index.ts";
import { lockUser } from "#lib/second-factor/index.ts";
import { nameTarget } from "#lib/users/index.ts";
import { activityAfter } from "./active.ts";
import type { Attributes } from "./attributes.ts";
import { clientOf } from "./client.ts";
import { followsAlready } from "./follows-already.ts";
import { idSchema, provePatched, userChangeSchema, userResourceSchema } from "./input.ts";
import { unknownUser } from "./invalid.ts";
import { type PatchOperation, patched } from "./patch.ts";
import { shownNow } from "./provision-user.ts";
import { refuseOutOfReach } from "./reach.ts";
import { syncPeople } from "./sync-people.ts";
import { readUser } from "./user-document.ts";
import { writeUser } from "./write-user.ts";

/**
 * A provider says something new of somebody whom it brought: name, address, whether they are active, anything else.
 * It takes the access lock where that switches them on or off, or may move their roles.
 */
export const updateProvisionedUser = defineCommand({
  name: "update provisioned user",
  needs: "scim:users",
  changesAccess: "sometimes",
  input: z.object({ id: idSchema, change: userChangeSchema }),
  about: ({ id }) => ({ kind: "user", name: id ?? "unknown" }),
  async prepare({ reader, concerns }, { id }) {
    if (id) concerns(await nameTarget(reader, id));
  },
  async run(context, { id, change }) {
    const { tx, call, actor } = context;
    const client = clientOf(actor);
    if (client.provider !== "" && !holdsAccess(tx)) await holdProviders(tx);
    // Whoever gives them an administrator's role waits for this, or this sees it.
    if (id) await lockUser(tx, id);
    const present = await provisioned(tx, client.provider, id);
    const document = readUser(
      change.kind === "put" ? change.resource : afterPatch(present, change.operations),
    );
    if (activityAfter(present, document.active).active !== present.active) needAccess(tx);
    await refuseOutOfReach(tx, client, call.at, { id: present.id, username: present.username });
    const { user, moved, before, after } = await writeUser(context, present, document);
    if (!(await followsAlready(tx, call, client, present))) {
      needAccess(tx);
      await syncPeople(tx, call, client, [user.id]);
    }
    return {
      target: { kind: "user", id: user.id, name: after.username },
      before,
      after,
      result: await shownNow(context, user.id),
      afterwards: moved ? protectionNotice(call, user, addressMoved(after.email)) : undefined,
    };
  },
});

/** A PATCH changes what the client was shown, and that says whether the account is active now. */
function afterPatch(
  { resource, active }: { resource: Attributes; active: boolean },
  operations: readonly PatchOperation[],
): Attributes {
  return provePatched(userResourceSchema, patched({ ...resource, active }, operations));
}

export async function provisioned(tx: Tx, provider: string, id: string | undefined) {
  const row = id
    ? await tx.scimUser.findFirst({
        where: { userId: id, provider },
        select: {
          userNameKey: true,
          resource: true,
          user: { select: { username: true, active: true } },
        },
      })
    : null;
  if (!id || !row) throw unknownUser();
  const resource = row.resource as Attributes;
  return { id, userNameKey: row.userNameKey, resource, said: resource.active !== false, ...row.user };
}
