import { defineCommand } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { confirmed, ownSession } from "#lib/sign-in/index.ts";
import { noFreshProof, notYours } from "./refusals.ts";
import { openVouched, vouchedInputSchema } from "./sealed-vouched.ts";
import { trustedProvider } from "./trusted-provider.ts";

/** How far the provider's clock may be behind ours. */
const tolerance = 60_000;

/**
 * Whoever signed in through a provider confirms there that it is still them. They were asked to sign in anew, and the
 * provider has to say that they did, after they left for it.
 */
export const confirmWithProvider = defineCommand({
  name: "confirm identity with provider",
  needs: "enrolling",
  protects: true,
  input: vouchedInputSchema,
  prepare: async ({ actor, concerns }) => concerns(ownSession(requireUser(actor))),
  async run({ tx, actor, call }, { vouched: sealed }) {
    const self = requireUser(actor);
    const { vouched, leftAt } = openVouched(self.sessionId, sealed, call.at);
    const provider = await trustedProvider(tx, vouched);
    const { issuer, subject, authenticatedAt } = vouched;
    const own = await tx.identity.count({ where: { issuer, subject, userId: self.id } });
    if (own !== 1) throw notYours(provider);
    // Some say it to the second only.
    if (!authenticatedAt || authenticatedAt.getTime() < leftAt - tolerance) throw noFreshProof(provider);
    return confirmed(tx, call, self, provider.kind);
  },
});
