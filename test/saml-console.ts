import { beforeAll } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { loadActor } from "#lib/sessions/index.ts";
import { openDoors } from "./open-doors.ts";
import { person } from "./people.ts";
import { encode, readRequest, type Said, SamlIdentityProvider } from "./saml-provider.ts";
import { storeProvider } from "./sync.ts";
import { newWebClient, type WebClient } from "./web-client.ts";

/**
 * The console's doors over HTTP, with the provider `company` at which jane and mallory are known. Call it at the top of
 * a test file. The pages behind the doors are not there.
 */
export function openSamlConsole() {
  const idp = new SamlIdentityProvider();
  const console = openDoors();
  beforeAll(async () => {
    await person({ roles: ["superadmin"], username: "owner" });
    await connect();
    for (const username of ["jane", "mallory"]) await known(await person({ roles: ["user"], username }));
  });

  const connect = (settings: object = {}, more: object = {}) =>
    storeProvider({
      kind: "saml",
      slug: "company",
      syncRoles: false,
      settings: idp.settings(settings),
      ...more,
    });

  const known = ({ id: userId, email: subject }: { id: string; email: string }) => {
    const row = { id: crypto.randomUUID(), userId, provider: "company", subject, createdAt: new Date() };
    return database().identity.create({ data: { ...row, issuer: idp.entityId } });
  };

  const addresses = (slug = "company") => {
    const base = `${console.origin}/api/auth/saml/${slug}`;
    return { acs: `${base}/acs`, issuer: `${base}/metadata` };
  };

  /** A browser that has come as far as the provider. */
  async function atProvider({ slug = "company", next = "/" } = {}) {
    const browser = newWebClient((url) => url.startsWith(idp.ssoUrl));
    await browser.open(`${console.origin}/api/auth/saml/${slug}/start?${new URLSearchParams({ next })}`);
    const sent = new URL(browser.url).searchParams.get("SAMLRequest");
    return { browser, asked: readRequest(sent ?? "") };
  }

  /** Brings a response to the assertion consumer service, as the form on the provider's page does. */
  const post = (browser: WebClient, xml: string, slug = "company") =>
    browser.open(addresses(slug).acs, {
      method: "POST",
      body: new URLSearchParams({ SAMLResponse: encode(xml) }),
      headers: { origin: "https://idp.example.com" },
    });

  /** Signs in with what the provider says being different, and answers what came of it. */
  async function signIn(different: Partial<Said> = {}, make = (said: Said) => idp.honest(said)) {
    const { browser, asked } = await atProvider();
    await post(browser, make(idp.said(asked, different)));
    return outcome(browser);
  }

  /** Who is signed in, or the reason why nobody is. */
  async function outcome(browser: WebClient): Promise<string> {
    const error = new URL(browser.url).searchParams.get("problem");
    const token = browser.cookie(console.origin, "bailiwick-session");
    if (!token) return error ?? `nobody, at ${browser.url} (${browser.status})`;
    const actor = await loadActor(token, new Date());
    return actor.kind === "user" ? `${actor.username} signed in` : actor.kind;
  }

  return { idp, console, connect, addresses, atProvider, post, signIn, outcome };
}
