import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { registry } from "#lib/kernel/registry.ts";
import { onAnotherInstance, openInstallation } from "#test/installation.ts";
import { person, rolesOf } from "#test/people.ts";
import { forgeries, wrappings } from "#test/saml-mischief.ts";
import {
  emailFormat,
  encode,
  persistentFormat,
  readRequest,
  type Said,
  SamlIdentityProvider,
} from "#test/saml-provider.ts";
import { storeProvider } from "#test/sync.ts";
import { newWebClient, type WebClient } from "#test/web-client.ts";
import { closeListener } from "./close-listener.ts";
import { apiDoors } from "./doors.ts";
import { newHttpPort } from "./http-port.ts";
import { listen } from "./listen.ts";
import { createListener } from "./listener.ts";

const idp = new SamlIdentityProvider();
const port = newHttpPort();
let origin: string;

beforeAll(() => openInstallation());
beforeAll(async () => {
  origin = `http://127.0.0.1:${await listen(port.server, 0, "127.0.0.1")}`;
  port.serve(
    createListener({
      doors: apiDoors({ ready: async () => true, close: async () => undefined }),
      pages: (_request, response) => void response.end("a page"),
      leadsToSetup: async () => false,
      trustedProxies: [],
      publicUrl: undefined,
    }),
  );
  await person({ roles: ["superadmin"], username: "owner" });
  await connect();
  const jane = await person({ roles: ["user"], username: "jane", email: "jane@example.com" });
  const mallory = await person({ roles: ["user"], username: "mallory", email: "mallory@example.com" });
  await known(jane.id, "jane@example.com");
  await known(mallory.id, "mallory@example.com");
});
afterAll(() => closeListener(port.server));
beforeEach(() => database().rateLimit.deleteMany());

const connect = (settings: object = {}, more: object = {}) =>
  storeProvider({
    kind: "saml",
    slug: "company",
    syncRoles: false,
    settings: idp.settings(settings),
    ...more,
  });

async function known(userId: string, subject: string): Promise<void> {
  const at = new Date();
  await database().identity.create({
    data: {
      id: crypto.randomUUID(),
      userId,
      provider: "company",
      issuer: idp.entityId,
      subject,
      createdAt: at,
    },
  });
}

const addresses = (slug = "company") => ({
  acs: `${origin}/api/auth/saml/${slug}/acs`,
  issuer: `${origin}/api/auth/saml/${slug}/metadata`,
});

/** A browser that has come as far as the provider. */
async function atProvider({ slug = "company", next = "/" } = {}) {
  const browser = newWebClient((url) => url.startsWith(idp.ssoUrl));
  await browser.open(`${origin}/api/auth/saml/${slug}/start?${new URLSearchParams({ next })}`);
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
  const error = new URL(browser.url).searchParams.get("error");
  const token = browser.cookie(origin, "bailiwick-session");
  if (!token) return error ?? `nobody, at ${browser.url} (${browser.status})`;
  const { loadActor } = await import("#lib/sessions/index.ts");
  const actor = await loadActor(token, new Date());
  return actor.kind === "user" ? `${actor.username} signed in` : actor.kind;
}

const jane = "jane signed in";

describe("an honest sign-in", () => {
  test("leads through the provider to a session, and back to where somebody wanted to go", async () => {
    const { browser, asked } = await atProvider({ next: "/settings/users?page=2" });
    expect(asked).toMatchObject(addresses());
    await post(browser, idp.honest(idp.said(asked)));
    expect(await outcome(browser)).toBe(jane);
    expect(browser.url).toBe(`${origin}/sign-in?${new URLSearchParams({ next: "/settings/users?page=2" })}`);
    expect(browser.cookie(origin, "bailiwick-saml")).toBeUndefined();
    const session = await database().session.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
    expect(session).toMatchObject({
      method: "saml",
      provider: "company",
      issuer: idp.entityId,
      subject: "jane@example.com",
      idpSession: "session-1",
    });
  });

  test("is left in the trail: request, answer, ticket and session", async () => {
    await signIn();
    const rows = await database().auditEvent.findMany({ orderBy: [{ at: "desc" }, { id: "desc" }], take: 4 });
    expect(rows.map(({ action, outcome }) => [action, outcome]).sort()).toEqual([
      ["accept saml response", "done"],
      ["redeem saml ticket", "done"],
      ["sign in with identity provider", "done"],
      ["start saml sign-in", "done"],
    ]);
  });

  test("may be signed around as well, with SHA-512, and by either key while the provider changes keys", async () => {
    const both = (said: Said) => idp.sign(idp.honest(said), "Response");
    expect(await signIn({}, both)).toBe(jane);
    const sha512 = {
      algorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
      digest: "http://www.w3.org/2001/04/xmlenc#sha512",
    };
    expect(await signIn({}, (said) => idp.honest(said, sha512))).toBe(jane);
    const next = new SamlIdentityProvider(idp.entityId);
    await connect({ certificates: [next.signer.certificate, idp.signer.certificate] });
    expect(await signIn()).toBe(jane);
    expect(await signIn({}, (said) => next.honest(said))).toBe(jane);
    await connect();
  });

  test("makes people and roles by the provider's rules: T20: SAML single sign-on with role mapping from assertion attributes", async () => {
    const rules = [{ claim: "memberOf", value: "Operators", role: "host_manager" }];
    await connect({ autoCreateUsers: true, trustUnverifiedEmail: true }, { syncRoles: true, rules });
    const attributes = {
      "urn:oid:1.2.3": ["staff", "operators"],
      mail: ["nina@example.com"],
      givenName: ["Nina"],
    };
    const nina = {
      subject: "n-17",
      format: persistentFormat,
      attributes,
      friendly: { "urn:oid:1.2.3": "memberOf" },
    };
    expect(await signIn(nina)).toBe("nina signed in");
    const { id, givenName } = await database().user.findUniqueOrThrow({ where: { usernameKey: "nina" } });
    expect([givenName, await rolesOf({ id })]).toEqual(["Nina", ["host_manager"]]);
    const left = { ...nina, attributes: { ...attributes, "urn:oid:1.2.3": ["staff"] } };
    expect(await signIn(left)).toBe("nina signed in");
    expect(await rolesOf({ id })).toEqual(["user"]);
    await connect();
  });
});

describe("wrapped signatures", () => {
  test.each(Object.entries(wrappings))("%s: refused", async (_name, attack) => {
    const evil = { subject: "mallory@example.com" };
    const make = (said: Said) => attack({ idp, said, evil: { ...said, ...evil } });
    expect(await signIn({}, make)).toBe("saml_shape");
    expect(await signIn()).toBe(jane);
  });
});

describe("forgeries", () => {
  test.each(Object.entries(forgeries))("%s: refused", async (_name, { reason, attack }) => {
    const evil = { subject: "mallory@example.com" };
    expect(await signIn({}, (said) => attack({ idp, said, evil: { ...said, ...evil } }))).toBe(reason);
    expect(await signIn()).toBe(jane);
  });
});

describe("what an assertion has to say", () => {
  const minute = 60_000;
  const cases: [string, Partial<Said>, string][] = [
    ["of another provider", { issuer: "https://other.example.com" }, "saml_issuer"],
    ["in a response of another provider", { responseIssuer: "https://other.example.com" }, "saml_issuer"],
    ["for another audience", { audience: "https://elsewhere.example.com" }, "saml_audience"],
    ["for no audience", { audience: undefined }, "saml_audience"],
    ["for another recipient", { recipient: "https://elsewhere.example.com/acs" }, "saml_recipient"],
    ["with another destination", { destination: "https://elsewhere.example.com/acs" }, "saml_recipient"],
    [
      "confirmed in another way",
      { method: "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches" },
      "saml_recipient",
    ],
    ["whose confirmation is over", { subjectNotOnOrAfter: -2 * minute }, "saml_time"],
    ["whose conditions are over", { notOnOrAfter: -2 * minute }, "saml_time"],
    ["that does not hold yet", { notBefore: 2 * minute }, "saml_time"],
    ["of an hour ago", { issued: -60 * minute }, "saml_time"],
    ["of the future", { issued: 3 * minute }, "saml_time"],
    ["for another request", { inResponseTo: "_other", subjectInResponseTo: "_other" }, "saml_request"],
    ["for another request than its response", { subjectInResponseTo: "_other" }, "saml_request"],
    ["for no request in a response to one", { subjectInResponseTo: undefined }, "saml_request"],
    [
      "that nobody asked for",
      { inResponseTo: undefined, subjectInResponseTo: undefined },
      "saml_unsolicited",
    ],
    ["for a request in a response to none", { inResponseTo: undefined }, "saml_unsolicited"],
    [
      "about a name of this session only",
      { format: "urn:oasis:names:tc:SAML:2.0:nameid-format:transient" },
      "saml_name_id",
    ],
    ["about nobody", { subject: " " }, "saml_name_id"],
    [
      "about a name between others",
      { format: persistentFormat, nameIdExtra: ' SPNameQualifier="https://x"' },
      "saml_name_id",
    ],
    ["in a response that says no", { status: "urn:oasis:names:tc:SAML:2.0:status:Responder" }, "saml_status"],
  ];
  test.each(cases)("one %s is refused", async (_name, different, reason) => {
    expect(await signIn(different)).toBe(reason);
    expect(await signIn()).toBe(jane);
  });

  test("a clock may be off by less than a minute, either way", async () => {
    const late = { subjectNotOnOrAfter: -50_000, notOnOrAfter: -50_000 };
    expect(await signIn(late)).toBe(jane);
    expect(await signIn({ notBefore: 50_000, issued: 50_000 })).toBe(jane);
  });

  test("an address is the same person in whatever case", async () => {
    expect(await signIn({ subject: "Jane@Example.com", format: emailFormat })).toBe(jane);
  });
});

describe("once and no more", () => {
  test("ASVS 6.8.3: a response that was used is refused, at once and on another instance", async () => {
    const { browser, asked } = await atProvider();
    const xml = idp.honest(idp.said(asked));
    await post(browser, xml);
    expect(await outcome(browser)).toBe(jane);
    const thief = newWebClient();
    await post(thief, xml);
    expect(await outcome(thief)).toBe("saml_replayed");
    await onAnotherInstance(() => post(thief, xml));
    expect(await outcome(thief)).toBe("saml_replayed");
  });

  test("of ten at the same moment one is taken", async () => {
    const { asked } = await atProvider();
    const xml = idp.honest(idp.said(asked));
    const browsers = Array.from({ length: 10 }, () => newWebClient((url) => url.includes("/finish")));
    await Promise.all(browsers.map((browser) => post(browser, xml)));
    const taken = browsers.filter(({ url }) => url.includes("/finish"));
    expect(taken).toHaveLength(1);
  });

  test("a request is answered once: another assertion for it is refused", async () => {
    const { browser, asked } = await atProvider();
    await post(browser, idp.honest(idp.said(asked)));
    expect(await outcome(browser)).toBe(jane);
    const again = newWebClient();
    await post(again, idp.honest(idp.said(asked)));
    expect(await outcome(again)).toBe("saml_request");
  });

  test("a request of fifteen minutes ago is over", async () => {
    const { browser, asked } = await atProvider();
    const kind = "saml_request";
    await database().oneTimeToken.updateMany({
      where: { kind },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    await post(browser, idp.honest(idp.said(asked)));
    expect(await outcome(browser)).toBe("saml_request");
  });

  test("a ticket is used once, and soon", async () => {
    const { browser, asked } = await atProvider();
    await post(browser, idp.honest(idp.said(asked)));
    const finish = browser.trail.find((url) => url.includes("/finish")) ?? "";
    const again = newWebClient();
    await again.open(finish);
    expect(await outcome(again)).toBe("saml_request");
  });
});

describe("another browser", () => {
  test("login CSRF: an answer that somebody got for themselves signs nobody else in", async () => {
    const attacker = await atProvider();
    const xml = idp.honest(idp.said(attacker.asked, { subject: "mallory@example.com" }));
    const victim = newWebClient();
    await post(victim, xml);
    expect(await outcome(victim)).toBe("saml_other_browser");

    const second = await atProvider();
    const other = await atProvider();
    await post(other.browser, idp.honest(idp.said(second.asked, { subject: "mallory@example.com" })));
    expect(await outcome(other.browser)).toBe("saml_other_browser");
  });

  test("what another site sends is refused everywhere but where an answer arrives", async () => {
    const headers = { origin: "https://evil.example.com" };
    for (const path of ["/sign-in", "/api/auth/saml/company/finish", "/api/auth/saml/company/start"]) {
      const answer = await fetch(origin + path, { method: "POST", headers, redirect: "manual" });
      expect([403, 405]).toContain(answer.status);
    }
  });
});

describe("sent by the provider, unasked", () => {
  const unasked = { inResponseTo: undefined, subjectInResponseTo: undefined };
  const arrive = async (browser: WebClient, xml: string) => {
    await post(browser, xml);
    return outcome(browser);
  };

  test("where it is allowed it signs in once, and never over somebody who is signed in", async () => {
    await connect({ allowIdpInitiated: true });
    const xml = idp.honest(idp.said(addresses(), unasked));
    const browser = newWebClient();
    expect(await arrive(browser, xml)).toBe(jane);
    expect(await arrive(newWebClient(), xml)).toBe("saml_replayed");
    const attack = idp.honest(idp.said(addresses(), { ...unasked, subject: "mallory@example.com" }));
    expect(await arrive(browser, attack)).toBe(jane);
    const stolen = { inResponseTo: undefined, subjectInResponseTo: "_of-another-request" };
    expect(await arrive(newWebClient(), idp.honest(idp.said(addresses(), stolen)))).toBe("saml_request");
    await connect();
  });
});

describe("the provider and this console", () => {
  test("one that is switched off between start, answer and finish lets nobody in", async () => {
    const { browser, asked } = await atProvider();
    await connect({}, { enabled: false });
    await post(browser, idp.honest(idp.said(asked)));
    expect(await outcome(browser)).toBe("saml_off");
    await browser.open(`${origin}/api/auth/saml/company/start`);
    expect(await outcome(browser)).toBe("saml_off");
    await connect();

    const stopped = newWebClient((url) => url.startsWith(idp.ssoUrl) || url.includes("/finish"));
    await stopped.open(`${origin}/api/auth/saml/company/start`);
    const request = readRequest(new URL(stopped.url).searchParams.get("SAMLRequest") ?? "");
    await post(stopped, idp.honest(idp.said(request)));
    await connect({}, { enabled: false });
    const cookie = `bailiwick-saml=${stopped.cookie(origin, "bailiwick-saml")}`;
    const answer = await fetch(stopped.url, { headers: { cookie }, redirect: "manual" });
    expect(answer.headers.get("location")).toBe("/sign-in?error=provider_off");
    expect(answer.headers.getSetCookie().join()).not.toContain("bailiwick-session");
    await connect();
  });

  test("an assertion for one provider's door is none for another's", async () => {
    await storeProvider({ kind: "saml", slug: "second", syncRoles: false, settings: idp.settings() });
    const { browser, asked } = await atProvider();
    await post(browser, idp.honest(idp.said({ ...asked, ...addresses("second") })), "second");
    expect(await outcome(browser)).toBe("saml_request");
    await post(browser, idp.honest(idp.said(asked)), "second");
    expect(await outcome(browser)).toBe("saml_recipient");
  });

  test("a Host header does not choose for whom an assertion is", async () => {
    const { asked } = await atProvider();
    const at = {
      acs: "http://evil.example.com/api/auth/saml/company/acs",
      issuer: "http://evil.example.com/api/auth/saml/company/metadata",
    };
    const { request } = await import("node:http");
    const location = await new Promise<string | undefined>((done) => {
      const { port: number } = new URL(origin);
      const headers = { host: "evil.example.com", "content-type": "application/x-www-form-urlencoded" };
      const sent = request(
        { port: number, method: "POST", path: new URL(at.acs).pathname, headers },
        (answer) => {
          answer.resume();
          done(answer.headers.location);
        },
      );
      sent.end(
        new URLSearchParams({ SAMLResponse: encode(idp.honest(idp.said({ ...asked, ...at }))) }).toString(),
      );
    });
    expect(location).toBe("/sign-in?error=saml_no_address");
  });

  test("the metadata has entity ID and address, wants signed assertions, and uses BAILIWICK_URL", async () => {
    const read = async () => (await fetch(addresses().issuer)).text();
    const here = await read();
    for (const part of [
      `entityID="${addresses().issuer}"`,
      `Location="${addresses().acs}"`,
      'WantAssertionsSigned="true"',
    ])
      expect(here).toContain(part);
    expect(await read()).toBe(here);
    const before = env();
    registry().env = { ...before, publicUrl: "https://console.example.com" };
    expect(await read()).toContain('entityID="https://console.example.com/api/auth/saml/company/metadata"');
    registry().env = before;
  });

  test("doors that are not there, other methods and forms of another kind", async () => {
    const ask = (path: string, init?: RequestInit) =>
      fetch(`${origin}/api/auth/saml/${path}`, { redirect: "manual", ...init });
    const form = new URLSearchParams([
      ["SAMLResponse", "x"],
      ["SAMLResponse", "y"],
    ]);
    const answers = await Promise.all([
      ask("company/other"),
      ask("Company/metadata"),
      ask("company"),
      ask("company/acs"),
      ask("company/start", { method: "POST" }),
      ask("company/acs", { method: "POST", body: "{}", headers: { "content-type": "application/json" } }),
      ask("company/acs", { method: "POST", body: form }),
      ask("company/acs", {
        method: "POST",
        body: new URLSearchParams({ SAMLResponse: "x".repeat(600_000) }),
      }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 405, 405, 400, 400, 413]);
  });

  test("an address that keeps trying has to wait", async () => {
    const tries = Array.from({ length: 201 }, () => null);
    const locations: (string | null)[] = [];
    for (const _ of tries) {
      const body = new URLSearchParams({ SAMLResponse: "AAAA" });
      const answer = await fetch(addresses().acs, { method: "POST", body, redirect: "manual" });
      locations.push(answer.headers.get("location"));
    }
    expect(locations[199]).toBe("/sign-in?error=saml_unreadable");
    expect(locations[200]).toBe("/sign-in?error=too_many_attempts");
  });
});
