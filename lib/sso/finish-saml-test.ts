import { z } from "zod";
import { defineCommand } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { providerSchema } from "./schema.ts";
import { openVouched, vouchedInputSchema } from "./sealed-vouched.ts";
import { aboutProvider, findProvider } from "./stored-provider.ts";
import { keepResult, type TestOutcome } from "./test-runs.ts";

const inputSchema = providerSchema.extend({
  vouched: vouchedInputSchema.shape.vouched.optional(),
  /** In words, when there is nobody vouched for. */
  failure: z.string().max(1000).optional(),
  reason: z.string().max(100).optional(),
});

/** What a SAML provider said at a test sign-in, which its own doors have checked: kept for this session to look at. */
export const finishSamlTest = defineCommand({
  name: "finish saml test sign-in",
  needs: "manageSettings",
  input: inputSchema,
  about: aboutProvider,
  async run({ tx, actor, call }, { slug, vouched, failure, reason }) {
    const self = requireUser(actor);
    const { label } = await findProvider(tx, slug);
    const outcome =
      vouched === undefined ? { failure, reason } : outcomeOf(self.sessionId, vouched, slug, call.at);
    await keepResult(tx, self, slug, outcome, call.at);
    const { claims, unread } = outcome;
    const after = {
      ...(claims && { claims: Object.keys(claims) }),
      ...(failure && { failure }),
      ...(unread && { unread }),
    };
    return { target: aboutProvider({ slug, label }), after, result: undefined };
  },
});

function outcomeOf(sessionId: string, sealed: string, slug: string, at: Date): TestOutcome {
  const { vouched } = openVouched(sessionId, sealed, at);
  if (vouched.provider !== slug)
    return { failure: "This answer is from another identity provider.", reason: "saml_issuer" };
  const { claims, email, unread } = vouched;
  return { claims, address: email === undefined ? "none" : "unverified", ...(unread && { unread }) };
}
