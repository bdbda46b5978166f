import { assignNewUser } from "#lib/assignments/index.ts";
import type { Call } from "#lib/kernel/call.ts";
import { stranger } from "#lib/kernel/caller.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { orGiveBack, takeTurn, takeTurnOf, turnOf, turnsFrom } from "#lib/kernel/rate-limit.ts";
import { sendsLinks } from "#lib/mail/index.ts";
import { acceptPassword } from "#lib/passwords/index.ts";
import { insertUser } from "#lib/users/index.ts";
import { requireRegistration } from "./registration-open.ts";
import { signUpSchema } from "./schema.ts";
import { addressOfSignUpLink, isSameAddress } from "./sign-up-link.ts";

/**
 * A person makes their own account, with the default role, while that is on. With a mail server only behind the link
 * that was sent to their address; without one the address stays unproven, and the answer says whether it is taken.
 */
export const signUp = defineCommand({
  name: "sign up",
  needs: "public",
  boundBy: "signUp",
  changesAccess: true,
  input: signUpSchema,
  about: (input) => ({ kind: "user", name: input.username }),
  async prepare({ reader, call }, { password, token, ...identity }) {
    await requireRegistration(reader);
    const proven = sendsLinks();
    await (proven ? requireLink(token, identity.email, call) : takeTurn("signUp", call));
    const turns = proven ? [turnOf("useLink", token)] : turnsFrom("signUp", call);
    const accept = () => acceptPassword(reader, password, identity, stranger(call));
    return { passwordHash: await orGiveBack(turns, accept), proven };
  },
  async run(
    { tx, actor, call },
    { password: _password, token: _token, ...identity },
    { passwordHash, proven },
  ) {
    const { role } = await requireRegistration(tx);
    const { id } = await insertUser(tx, identity, passwordHash, call.at, !proven);
    await assignNewUser(tx, { actor, at: call.at, userId: id, roles: [role], source: "sign-up" });
    return {
      target: { kind: "user", id, name: identity.username },
      after: { ...identity, roles: [role], active: true },
      result: { id, username: identity.username },
    };
  },
});

/** A good link is not kept from being used by others at the same address. */
async function requireLink(token: string, email: string, call: Call): Promise<void> {
  const proven = addressOfSignUpLink(token, call.at);
  const good = proven !== undefined && isSameAddress(proven, email);
  await (good ? takeTurnOf("useLink", token, "attempts") : takeTurn("useLink", call));
  if (good) return;
  throw new AppError(
    "forbidden",
    "bad_sign_up_link",
    "This link is no longer valid. Ask for a new one. Each works once, for one day.",
  );
}
