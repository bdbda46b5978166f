import { assignNewUser } from "#lib/assignments/index.ts";
import { callerOf } from "#lib/kernel/caller.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { acceptPassword } from "#lib/passwords/index.ts";
import { insertUser } from "./records.ts";
import { createUserSchema } from "./schema.ts";

/** An administrator adds a person, who can sign in straight away. */
export const createUser = defineCommand({
  name: "add user",
  needs: "manageUsers",
  changesAccess: true,
  refusedUnderSync: true,
  input: createUserSchema,
  about: (input) => ({ kind: "user", name: input.username }),
  prepare: ({ reader, call }, { password, ...identity }) =>
    acceptPassword(reader, password, identity, callerOf(call)),
  async run({ tx, call, actor }, { password: _, roles, confirmed, ...identity }, passwordHash) {
    const { id } = await insertUser(tx, identity, passwordHash, call.at);
    await assignNewUser(tx, { actor, at: call.at, userId: id, roles, source: "local", confirmed });
    return {
      target: { kind: "user", id, name: identity.username },
      after: { ...identity, roles, active: true },
      result: { id, username: identity.username },
    };
  },
});
