import { assignNewUser } from "#lib/assignments/index.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { takeTurn } from "#lib/kernel/rate-limit.ts";
import { acceptPassword } from "#lib/passwords/index.ts";
import { insertUser } from "#lib/users/index.ts";
import { openRegistration } from "./registration-open.ts";
import { signUpSchema } from "./schema.ts";

/** A person makes their own account, with the default role, while that is on. */
export const signUp = defineCommand({
  name: "sign up",
  needs: "public",
  boundBy: "signUp",
  changesAccess: true,
  input: signUpSchema,
  about: (input) => ({ kind: "user", name: input.username }),
  async prepare({ reader, call }, { password, ...identity }) {
    await refuseWhenOff(reader);
    await takeTurn("signUp", call);
    return acceptPassword(reader, password, identity, "stranger");
  },
  async run({ tx, actor, call }, { password: _, ...identity }, passwordHash) {
    const { role } = await refuseWhenOff(tx);
    const { id } = await insertUser(tx, identity, passwordHash, call.at, true);
    await assignNewUser(tx, { actor, at: call.at, userId: id, roles: [role], source: "sign-up" });
    return {
      target: { kind: "user", id, name: identity.username },
      after: { ...identity, roles: [role], active: true },
      result: { id, username: identity.username },
    };
  },
});

async function refuseWhenOff(reader: Reader | Tx) {
  const registration = await openRegistration(reader);
  if (registration) return registration;
  throw new AppError(
    "forbidden",
    "sign_up_off",
    "User signup is currently disabled: ask an administrator for an account.",
  );
}
