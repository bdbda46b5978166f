import { can } from "#lib/kernel/actor.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { selectedUsersSchema } from "./schema.ts";

/** The people of a selection, in its order and by name: for whoever may not look at users, and of who is gone, the id. */
export const nameSelected = defineQuery({
  name: "name selected users",
  needs: "signedIn",
  input: selectedUsersSchema,
  async run({ reader, actor, at }, { ids }) {
    const where = { id: { in: can(actor, "viewUsers", at) ? ids : [] } };
    const found = await reader.user.findMany({ where, select: { id: true, username: true } });
    const names = new Map(found.map(({ id, username }) => [id, username]));
    return ids.map((id) => ({ id, name: names.get(id) ?? id }));
  },
});
