import type { Call } from "#lib/kernel/call.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { acceptSamlResponse, redeemSamlTicket, samlAddresses, startSamlSignIn } from "#lib/saml/index.ts";
import { finishSamlTest } from "#lib/sso/index.ts";
import { origin, visitorHere } from "#test/factors.ts";
import { encode, readRequest, SamlIdentityProvider } from "#test/saml-provider.ts";
import { storeProvider } from "#test/sync.ts";
import { asOwner, once } from "../example.ts";

const idp = new SamlIdentityProvider();
const provider = "company";

const connect = () =>
  storeProvider({ kind: "saml", slug: provider, syncRoles: false, settings: idp.settings() });

/** What checks signatures and times reads the real clock. */
const now = (): Call => ({ ...visitorHere(), at: new Date() });

/** Somebody left for the provider, and it has answered. */
async function answered() {
  await connect();
  const { url, browser } = await runCommand(startSamlSignIn, now(), { provider, next: "/" });
  const asked = readRequest(new URL(url).searchParams.get("SAMLRequest") ?? "");
  const { acs, entityId: issuer } = samlAddresses(origin, provider);
  return { browser, response: encode(idp.honest(idp.said({ ...asked, acs, issuer }))) };
}

export const saml = [
  once(startSamlSignIn, async () => {
    await connect();
    return [now(), { provider, next: "/" }];
  }),
  once(acceptSamlResponse, async () => {
    const { response } = await answered();
    return [now(), { provider, response }];
  }),
  once(redeemSamlTicket, async () => {
    const { browser, response } = await answered();
    const { ticket } = await runCommand(acceptSamlResponse, now(), { provider, response });
    return [now(), { ticket, browser: browser.token }];
  }),
  once(finishSamlTest, async () => {
    await connect();
    return [await asOwner(), { slug: provider, failure: "The provider refused." }];
  }),
];
