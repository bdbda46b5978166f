import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { passkeyRefusal } from "#lib/second-factor/index.ts";
import { noInputSchema } from "./schema.ts";

/** Which ways somebody has to confirm who they are, at the address that they are at. */
export const waysToConfirm = defineQuery({
  name: "view ways to confirm identity",
  needs: "enrolling",
  input: noInputSchema,
  async run({ reader, actor, call }) {
    const { id } = requireUser(actor);
    const { passwordHash, totp, passkeys } = await reader.user.findUniqueOrThrow({
      where: { id },
      select: {
        passwordHash: true,
        totp: { select: { confirmedAt: true } },
        passkeys: { select: { id: true }, take: 1 },
      },
    });
    return {
      password: passwordHash !== null,
      passkey: passkeys.length > 0 && passkeyRefusal(call.origin) === undefined,
      code: Boolean(totp?.confirmedAt),
    };
  },
});
