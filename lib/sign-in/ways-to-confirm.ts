import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { localSignIn, providersOf } from "#lib/providers/index.ts";
import { passkeyRefusal } from "#lib/second-factor/index.ts";
import { noInputSchema } from "./schema.ts";

/** Which ways somebody has to confirm who they are, at the address that they are at. */
export const waysToConfirm = defineQuery({
  name: "view ways to confirm identity",
  needs: "enrolling",
  input: noInputSchema,
  async run({ reader, actor, call }) {
    const { id } = requireUser(actor);
    const local = await localSignIn(reader);
    const { passwordHash, totp, passkeys, identities } = await reader.user.findUniqueOrThrow({
      where: { id },
      select: {
        passwordHash: true,
        totp: { select: { confirmedAt: true } },
        passkeys: { select: { id: true }, take: 1 },
        identities: { select: { provider: true } },
      },
    });
    const own = new Set(identities.map(({ provider }) => provider));
    const providers = (await providersOf(reader)).filter(({ enabled, slug }) => enabled && own.has(slug));
    return {
      password: local && passwordHash !== null,
      passkey: local && passkeys.length > 0 && passkeyRefusal(call.origin) === undefined,
      code: local && Boolean(totp?.confirmedAt),
      providers: providers.map(({ slug, label }) => ({ slug, label })),
    };
  },
});
