import { defineCommand } from "#lib/kernel/operation.ts";
import { giveTurnBack } from "#lib/sign-in/index.ts";
import { browserMark, findSamlTicket, spendSamlTicket } from "./one-time.ts";
import { samlRefusal } from "./refusals.ts";
import { redeemSchema } from "./schema.ts";

/**
 * Turns the ticket into what the provider vouched for, in the browser that asked for it and no other: an answer that
 * somebody got for themselves signs nobody else in, however it came into their browser.
 * Where the provider sent somebody unasked there is no such tie. Then it at least replaces nobody who is signed in.
 */
export const redeemSamlTicket = defineCommand({
  name: "redeem saml ticket",
  needs: "public",
  input: redeemSchema,
  async run({ tx, call, actor }, { ticket: token, browser }) {
    const ticket = await findSamlTicket(tx, token, call.at);
    if (!ticket) throw samlRefusal("saml_request");
    if (ticket.browser !== undefined && (!browser || browserMark(browser) !== ticket.browser))
      throw samlRefusal("saml_other_browser");
    if (ticket.browser === undefined && actor.kind === "user") throw samlRefusal("saml_signed_in");
    if (!(await spendSamlTicket(tx, token, call.at))) throw samlRefusal("saml_request");
    const { vouched, next } = ticket;
    return {
      target: { kind: "identity provider", name: vouched.provider },
      after: { subject: vouched.subject },
      result: { vouched, next },
      afterwards: () => giveTurnBack("provider", call),
    };
  },
});
