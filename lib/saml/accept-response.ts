import { stranger } from "#lib/kernel/caller.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { dearWork } from "#lib/kernel/dear-work.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { giveTurnBack, orGiveBack, takeTurn, turnsFrom } from "#lib/kernel/rate-limit.ts";
import type { SamlProvider } from "#lib/providers/index.ts";
import { ownOrigin, samlAddresses } from "./addresses.ts";
import { isFirstUse } from "./first-use.ts";
import { judgeResponse } from "./judge-response.ts";
import { issueSamlTicket, spendRequest } from "./one-time.ts";
import { samlRefusal } from "./refusals.ts";
import { samlProvider } from "./saml-provider.ts";
import { responseSchema } from "./schema.ts";

/**
 * Judges what a provider sent, and answers a ticket that the browser which asked turns into a session.
 * The browser's cookies do not come along on the way from another site, so whose browser it is remains open here.
 */
export const acceptSamlResponse = defineCommand({
  name: "accept saml response",
  needs: "public",
  boundBy: "signed answer",
  mereStep: true,
  input: responseSchema,
  about: ({ provider }) => ({ kind: "identity provider", name: provider }),
  async prepare({ reader, call, at }, { provider: slug, response: sent }) {
    await takeTurn("provider", call);
    // A test may go to one that is off; what else comes from there is refused below.
    const provider = await samlProvider(reader, slug, { evenOff: true });
    const own = samlAddresses(ownOrigin(call.origin), slug);
    const judge = () => dearWork(stranger(call), () => judgeResponse(provider, own, sent, at));
    return { provider, ...(await orGiveBack(turnsFrom("provider", call), judge)) };
  },
  async run({ tx, call }, _input, { provider, inResponseTo, id, over, vouched }) {
    if (!(await isFirstUse(tx, provider.settings.entityId, id, new Date(over))))
      throw samlRefusal("saml_replayed");
    const request = await answered(tx, provider, inResponseTo, call.at);
    if (!provider.enabled && request?.purpose !== "test") throw samlRefusal("saml_off");
    const ticket = await issueSamlTicket(tx, { request, vouched }, call.at);
    return {
      target: { kind: "identity provider", name: provider.slug },
      after: { subject: vouched.subject, unsolicited: inResponseTo === undefined },
      result: { ticket },
      afterwards: () => giveTurnBack("provider", call),
    };
  },
});

/** The request of ours that this answers, used up with it. */
async function answered(tx: Tx, { slug }: SamlProvider, inResponseTo: string | undefined, at: Date) {
  if (inResponseTo === undefined) return undefined;
  const request = await spendRequest(tx, inResponseTo, at);
  if (request?.provider !== slug) throw samlRefusal("saml_request");
  return request;
}
