import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { requireLocalSignIn } from "#lib/providers/index.ts";
import { acceptPasskey, askPasskey, lockUser } from "#lib/second-factor/index.ts";
import { confirmed, ownSession } from "./confirmed.ts";
import { noInputSchema, passkeyAloneSchema } from "./schema.ts";

/** A challenge for one of the person's own passkeys, good in the session that asks and nowhere else. */
export const askToConfirm = defineCommand({
  name: "ask for passkey to confirm identity",
  needs: "enrolling",
  protects: true,
  input: noInputSchema,
  prepare: ({ reader }) => requireLocalSignIn(reader),
  async run({ tx, actor, call }) {
    const self = requireUser(actor);
    const options = await askPasskey(tx, call, `confirm ${self.sessionId}`, self.id);
    return { target: ownSession(self), result: { options } };
  },
});

/** The same proof as a password: the passkey is held, and the authenticator verified the person. */
export const confirmWithPasskey = defineCommand({
  name: "confirm identity with passkey",
  needs: "enrolling",
  protects: true,
  input: passkeyAloneSchema,
  async prepare({ reader, actor, concerns }) {
    concerns(ownSession(requireUser(actor)));
    await requireLocalSignIn(reader);
  },
  async run({ tx, actor, call }, { response }) {
    const self = requireUser(actor);
    await lockUser(tx, self.id);
    const own = { userId: self.id, use: `confirm ${self.sessionId}` } as const;
    if (!(await acceptPasskey(tx, call, response, own))) throw notAccepted();
    return confirmed(tx, call, self, "passkey");
  },
});

function notAccepted(): AppError {
  const message = "This passkey does not confirm who you are: try again, or use another way.";
  return new AppError("forbidden", "passkey_refused", message);
}
