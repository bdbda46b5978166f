import { defineCommand } from "#lib/kernel/operation.ts";
import { aboutSelf, requireUser } from "#lib/kernel/require-user.ts";
import { protectionNotice } from "#lib/mail/index.ts";
import { lockUser } from "#lib/second-factor/index.ts";
import { keepIdentity } from "./account-of.ts";
import { alreadyConnected, notYours } from "./refusals.ts";
import { openVouched, vouchedInputSchema } from "./sealed-vouched.ts";
import { trustedProvider } from "./trusted-provider.ts";

/** Somebody who is signed in has signed in at a provider too: from now on that opens their account. No address matters. */
export const connectIdentity = defineCommand({
  name: "connect identity provider",
  needs: "signedIn",
  changesAccess: true,
  dangerous: true,
  input: vouchedInputSchema,
  prepare: async ({ actor, concerns }) => concerns(aboutSelf(requireUser(actor))),
  async run({ tx, call, actor }, { vouched: sealed }) {
    const self = requireUser(actor);
    const { vouched } = openVouched(self.sessionId, sealed, call.at);
    const provider = await trustedProvider(tx, vouched);
    const { issuer, subject } = vouched;
    await lockUser(tx, self.id);
    const known = await tx.identity.findUnique({
      where: { issuer_subject: { issuer, subject } },
      select: { userId: true },
    });
    if (known && known.userId !== self.id) throw notYours(provider);
    if (!known && (await tx.identity.count({ where: { userId: self.id, issuer } })) > 0)
      throw alreadyConnected(provider);
    await keepIdentity(tx, call, self.id, vouched);
    const { label, slug } = provider;
    return {
      target: aboutSelf(self),
      after: { provider: slug },
      result: { label },
      afterwards: protectionNotice(call, self, {
        subject: "A connected account was added",
        what: `Your account was connected to ${label}, which opens it from now on.`,
      }),
    };
  },
});
