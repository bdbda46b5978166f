import { describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { registry } from "#lib/kernel/registry.ts";
import { onAnotherInstance } from "#test/installation.ts";
import { rolesOf } from "#test/people.ts";
import { openSamlConsole } from "#test/saml-console.ts";
import {
  encode,
  persistentFormat,
  readRequest,
  type Said,
  SamlIdentityProvider,
} from "#test/saml-provider.ts";
import { storeProvider } from "#test/sync.ts";
import { newWebClient, type WebClient } from "#test/web-client.ts";

const { idp, console, connect, addresses, atProvider, post, signIn, outcome } = openSamlConsole();
const jane = "jane signed in";

describe("an honest sign-in", () => {
  test("leads through the provider to a session, and back to where somebody wanted to go", async () => {
    const { browser, asked } = await atProvider({ next: "/settings/users?page=2" });
    expect(asked).toMatchObject(addresses());
    await post(browser, idp.honest(idp.said(asked)));
    expect(await outcome(browser)).toBe(jane);
    expect(browser.url).toBe(
      `${console.origin}/sign-in?${new URLSearchParams({ next: "/settings/users?page=2" })}`,
    );
    expect(browser.cookie(console.origin, "bailiwick-saml")).toBeUndefined();
    const session = await database().session.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
    expect(session).toMatchObject({
      method: "saml",
      provider: "company",
      issuer: idp.entityId,
      subject: "jane@example.com",
      idpSession: "session-1",
    });
  });

  test("is left in the trail once: its session, and none of the steps to it", async () => {
    const before = await database().auditEvent.findMany({ select: { id: true } });
    await signIn();
    const id = { notIn: before.map((row) => row.id) };
    expect(await database().auditEvent.findMany({ where: { id } })).toMatchObject([
      { action: "sign in with identity provider", outcome: "done" },
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
    const browsers = Array.from({ length: 10 }, () => newWebClient((url) => url.includes("/finish?ticket")));
    await Promise.all(browsers.map((browser) => post(browser, xml)));
    const taken = browsers.filter(({ url }) => url.includes("/finish?ticket"));
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
      const answer = await fetch(console.origin + path, { method: "POST", headers, redirect: "manual" });
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
    await browser.open(`${console.origin}/api/auth/saml/company/start`);
    expect(await outcome(browser)).toBe("saml_off");
    await connect();

    const stopped = newWebClient((url) => url.startsWith(idp.ssoUrl) || url.includes("/finish"));
    await stopped.open(`${console.origin}/api/auth/saml/company/start`);
    const request = readRequest(new URL(stopped.url).searchParams.get("SAMLRequest") ?? "");
    await post(stopped, idp.honest(idp.said(request)));
    await connect({}, { enabled: false });
    const cookie = `bailiwick-saml=${stopped.cookie(console.origin, "bailiwick-saml")}`;
    const answer = await fetch(stopped.url, { headers: { cookie }, redirect: "manual" });
    expect(answer.headers.get("location")).toBe("/sign-in?problem=provider_off&provider=company");
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
      const { port: number } = new URL(console.origin);
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
    expect(location).toBe("/api/auth/saml/company/finish?problem=saml_no_address");
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
      fetch(`${console.origin}/api/auth/saml/${path}`, { redirect: "manual", ...init });
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
    const attempt = async () => {
      const body = new URLSearchParams({ SAMLResponse: "AAAA" });
      const answer = await fetch(addresses().acs, { method: "POST", body, redirect: "manual" });
      return answer.headers.get("location");
    };
    expect(await attempt()).toBe("/api/auth/saml/company/finish?problem=saml_unreadable");
    await database().rateLimit.updateMany({ data: { points: 599 } });
    expect(await attempt()).toBe("/api/auth/saml/company/finish?problem=saml_unreadable");
    expect(await attempt()).toBe("/api/auth/saml/company/finish?problem=too_many_attempts");
  });
});
