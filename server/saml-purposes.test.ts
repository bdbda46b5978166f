import { describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { startSamlSignIn } from "#lib/saml/index.ts";
import { loadActor, startSession } from "#lib/sessions/index.ts";
import { viewTest } from "#lib/sso/index.ts";
import { person, visitor } from "#test/people.ts";
import { openSamlConsole } from "#test/saml-console.ts";
import { readRequest } from "#test/saml-provider.ts";
import { newWebClient } from "#test/web-client.ts";

const { idp, console, connect, post, atProvider } = openSamlConsole();
const session = "bailiwick-session";
const nextPage = `/sign-in?${new URLSearchParams({ next: "/settings/users" })}`;

/** Somebody who is signed in leaves for the provider, as the forms for it do. */
async function leave(token: string, purpose: "connect" | "confirm" | "test") {
  const browser = newWebClient();
  browser.setCookie(console.origin, session, token);
  const at = new Date();
  const call = { ...visitor(), at, origin: console.origin, actor: await loadActor(token, at) };
  const started = await runCommand(startSamlSignIn, call, {
    provider: "company",
    purpose,
    next: "/settings/users",
  });
  browser.setCookie(console.origin, "bailiwick-saml", started.browser.token);
  return { browser, asked: readRequest(new URL(started.url).searchParams.get("SAMLRequest") ?? "") };
}

/** Signed in a moment ago by a real clock, through the provider. */
async function signedInThere(subject: string): Promise<string> {
  const { browser, asked } = await atProvider();
  await post(browser, idp.honest(idp.said(asked, { subject })));
  return browser.cookie(console.origin, session) ?? "";
}

const path = (url: string) => url.slice(console.origin.length);

describe("connecting", () => {
  test("makes whoever one is at the provider open one's own account", async () => {
    await connect({ linkAdministrators: true, trustUnverifiedEmail: true });
    await person({ roles: ["user"], username: "kim" });
    const token = await signedInThere("kim@example.com");
    await database().identity.deleteMany({ where: { subject: "kim@example.com" } });
    const { browser, asked } = await leave(token, "connect");
    await post(browser, idp.honest(idp.said(asked, { subject: "kim.elsewhere@example.com" })));
    expect(path(browser.url)).toBe("/account/connections?connected=company");
    const identity = { issuer: idp.entityId, subject: "kim.elsewhere@example.com" };
    const found = await database().identity.findUniqueOrThrow({
      where: { issuer_subject: identity },
      select: { user: { select: { username: true } } },
    });
    expect(found.user.username).toBe("kim");
    await connect();
  });

  test("never takes somebody else's, and says so on the page that it began on", async () => {
    const token = await signedInThere("jane@example.com");
    const { browser, asked } = await leave(token, "connect");
    await post(browser, idp.honest(idp.said(asked, { subject: "mallory@example.com" })));
    expect(path(browser.url)).toBe("/account/connections?problem=identity_taken&provider=company");
    const forged = await leave(token, "connect");
    await post(forged.browser, idp.honest(idp.said(forged.asked, { audience: "https://elsewhere" })));
    expect(path(forged.browser.url)).toBe("/account/connections?problem=saml_audience&provider=company");
  });

  test("is for the session that it began in, and no other that the browser has by now", async () => {
    const { browser, asked } = await leave(await signedInThere("jane@example.com"), "connect");
    browser.setCookie(console.origin, session, await signedInThere("mallory@example.com"));
    await post(browser, idp.honest(idp.said(asked, { subject: "jane.elsewhere@example.com" })));
    expect(path(browser.url)).toBe("/account/connections?problem=saml_other_browser&provider=company");
    expect(await database().identity.count({ where: { subject: "jane.elsewhere@example.com" } })).toBe(0);
  });

  test("cannot be started by nobody, nor by an address", async () => {
    const call = { ...visitor(), at: new Date(), origin: console.origin };
    const start = runCommand(startSamlSignIn, call, { provider: "company", purpose: "connect", next: "/" });
    await expect(start).rejects.toMatchObject({ reason: "sign_in_required" });
    const browser = newWebClient((url) => url.startsWith(idp.ssoUrl));
    await browser.open(`${console.origin}/api/auth/saml/company/start?purpose=connect`);
    expect(browser.cookie(console.origin, "bailiwick-saml")).toMatch(/^enter\./);
  });
});

describe("confirming", () => {
  const aMoment = 5 * 60_000;
  const age = (token: string) =>
    loadActor(token, new Date(Date.now())).then((actor) =>
      actor.kind === "user" ? Date.now() - actor.provenAt : undefined,
    );

  test("asks the provider to ask anew, and renews the session's proof", async () => {
    const token = await signedInThere("jane@example.com");
    await database().session.updateMany({ data: { provenAt: new Date(Date.now() - 60 * 60_000) } });
    const { browser, asked } = await leave(token, "confirm");
    expect(asked.forceAuthn).toBe(true);
    expect((await atProvider()).asked.forceAuthn).toBe(false);
    await post(browser, idp.honest(idp.said(asked, { subject: "jane@example.com" })));
    expect(path(browser.url)).toBe(nextPage);
    const renewed = browser.cookie(console.origin, session) ?? "";
    expect(renewed).not.toBe(token);
    expect(await age(renewed)).toBeLessThan(aMoment);
  });

  test("takes neither another person's word nor an old sign-in there", async () => {
    const token = await signedInThere("jane@example.com");
    const another = await leave(token, "confirm");
    await post(another.browser, idp.honest(idp.said(another.asked, { subject: "mallory@example.com" })));
    expect(path(another.browser.url)).toBe("/account/confirm?problem=identity_taken&provider=company");
    const old = await leave(token, "confirm");
    await post(old.browser, idp.honest(idp.said(old.asked, { authenticated: -aMoment })));
    expect(path(old.browser.url)).toBe("/account/confirm?problem=no_fresh_proof&provider=company");
  });
});

describe("testing", () => {
  const seen = async (token: string) => {
    const at = new Date();
    const call = { ...visitor(), at, actor: await loadActor(token, at) };
    return (await runQuery(viewTest, call, { slug: "company" })).test;
  };
  const ofOwner = async () => {
    const { id } = await database().user.findUniqueOrThrow({ where: { usernameKey: "owner" } });
    const call = { ...visitor(), at: new Date() };
    return (await database().$transaction((tx) => startSession(tx, call, id, { method: "password" }))).token;
  };

  test("shows what a provider says that is off, and signs nobody in", async () => {
    await connect({}, { enabled: false });
    const token = await ofOwner();
    const { browser, asked } = await leave(token, "test");
    const sessions = await database().session.count();
    await post(
      browser,
      idp.honest(idp.said(asked, { subject: "somebody", attributes: { groups: ["a", "b"] } })),
    );
    expect(path(browser.url)).toBe("/settings/sso/company/test/done");
    expect(browser.cookie(console.origin, session)).toBe(token);
    expect(await database().session.count()).toBe(sessions);
    expect(await seen(token)).toMatchObject({
      failure: undefined,
      claims: [{ path: "groups", values: ["a", "b"] }],
    });
    await connect();
  });

  test("says which check failed", async () => {
    const token = await ofOwner();
    const { browser, asked } = await leave(token, "test");
    await post(browser, idp.honest(idp.said(asked, { audience: "https://elsewhere.example.com" })));
    expect(path(browser.url)).toBe("/settings/sso/company/test/done");
    expect((await seen(token))?.reason).toBe("saml_audience");
  });

  test("is for whoever manages settings", async () => {
    await expect(leave(await signedInThere("jane@example.com"), "test")).rejects.toMatchObject({
      reason: "saml_no_test",
    });
  });
});
