import type { Actor } from "#lib/kernel/actor.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { giveTurnBack } from "#lib/kernel/rate-limit.ts";
import type { Vouched } from "#lib/sso/index.ts";
import { browserMark, findSamlTicket, type SamlRequest, spendSamlTicket } from "./one-time.ts";
import { samlRefusal } from "./refusals.ts";
import { redeemSchema } from "./schema.ts";

/** For whom, and what they had left for; no request when the provider sent them unasked. */
export interface Redeemed {
  vouched: Vouched;
  request: SamlRequest | undefined;
}

/**
 * Turns the ticket into what the provider vouched for, in the browser that asked for it and no other: an answer that
 * somebody got for themselves signs nobody else in, however it came into their browser.
 * Where the provider sent somebody unasked there is no such tie. Then it at least replaces nobody who is signed in.
 */
export const redeemSamlTicket = defineCommand({
  name: "redeem saml ticket",
  needs: "public",
  boundBy: "spent secret",
  mereStep: true,
  input: redeemSchema,
  async run({ tx, call, actor }, { ticket: token, browser }) {
    const ticket = await findSamlTicket(tx, token, call.at);
    if (!ticket) throw samlRefusal("saml_request");
    const { vouched, request } = ticket;
    if (request && !isOwn(request, browser, actor)) throw samlRefusal("saml_other_browser");
    if (!request && actor.kind === "user") throw samlRefusal("saml_signed_in");
    if (!(await spendSamlTicket(tx, token, call.at))) throw samlRefusal("saml_request");
    return {
      target: { kind: "identity provider", name: vouched.provider },
      after: { subject: vouched.subject },
      result: { vouched, request } satisfies Redeemed,
      afterwards: () => giveTurnBack("provider", call),
    };
  },
});

/** The browser that left for the provider; and where it left with a session, still with that one. */
function isOwn({ browser: mark, session }: SamlRequest, browser: string | undefined, actor: Actor): boolean {
  if (!browser || browserMark(browser) !== mark) return false;
  return session === undefined || (actor.kind === "user" && actor.sessionId === session);
}
