import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { endSession, signedOutThere, signOut } from "#lib/sessions/index.ts";
import { type HostileProvider, hostileClient, startHostileProvider } from "#test/hostile-provider.ts";
import { type IdentityProvider, peerPages, startIdentityProvider } from "#test/identity-provider.ts";
import { onAnotherInstance } from "#test/installation.ts";
import { openLogoutConsole, signedInThrough } from "#test/logout-console.ts";
import { callWith, person, signedIn, visitor } from "#test/people.ts";
import { openProviderDoor, type ProviderDoor } from "#test/provider-door.ts";
import { connect, forgetMetadata } from "#test/sign-in-providers.ts";
import { noProviders, storeProvider } from "#test/sync.ts";
import { lastEvent } from "#test/trail.ts";
import { newWebClient, type WebClient } from "#test/web-client.ts";
import { findWayOut } from "./find-way-out.ts";

const { address } = openLogoutConsole();
const system = () => ({ ...visitor(), actor: { kind: "system", name: "single sign-on" } as const });
const origin = "http://console.example.com";
beforeEach(async () => {
  forgetMetadata();
  await noProviders();
});

/** Signs out here; answers where to go to sign out at the provider. */
async function leave(token: string) {
  const { cameFrom } = await runCommand(signOut, await callWith(token), {});
  return cameFrom && runQuery(findWayOut, system(), { ...cameFrom, origin });
}
const parametersOf = (to: string | undefined) => Object.fromEntries(new URL(to ?? "").searchParams);

describe("with a real provider", () => {
  let peer: IdentityProvider;
  let door: ProviderDoor;
  const client = { id: "console", secret: "a secret" };
  beforeAll(async () => {
    const honest = (name: string) => ({ claims: { email: `${name}@example.com`, email_verified: true } });
    peer = await startIdentityProvider({ accounts: { jane: honest("jane"), tom: honest("tom") } });
    door = await openProviderDoor();
    peer.addClient({
      ...client,
      redirectUris: [`${door.origin}/api/auth/callback/oidc`],
      postLogoutUris: [`${origin}/sign-in`, "https://www.example.com/bye"],
      backchannelLogoutUri: address(),
    });
    return async () => {
      await peer.stop();
      await door.stop();
    };
  });
  beforeEach(() => connect({ issuer: peer.issuer, client }));

  /** Somebody signs in; answers their browser, and the token of their session. */
  async function signIn(username: string) {
    const browser = newWebClient((url) => url.startsWith(origin) || url.startsWith("https://www."));
    await browser.open(door.leave("oidc"));
    await browser.send({ username });
    return { browser, token: door.last().token ?? "" };
  }
  const alive = async (token: string) => (await callWith(token)).actor.kind === "user";

  test("signing out here leads to the provider, which knows whose session it is, and back", async () => {
    const { browser, token } = await signIn("jane");
    const way = await leave(token);
    expect(await alive(token)).toBe(false);
    expect(way?.to?.startsWith(`${peer.issuer}/session/end?`)).toBe(true);
    const { id_token_hint = "", ...rest } = parametersOf(way?.to);
    expect(rest).toEqual({
      client_id: "console",
      post_logout_redirect_uri: `${origin}/sign-in`,
      state: way?.state,
    });
    expect(id_token_hint.split(".")).toHaveLength(3);
    await endAtPeer(browser, way?.to ?? "");
    expect(browser.url).toBe(`${origin}/sign-in?state=${way?.state}`);
    // They are asked again who they are.
    const next = newWebClient();
    await next.open(door.leave("oidc"));
    expect(next.text).toContain(peerPages.signIn);
  });

  test("the settings say another page to go to afterwards", async () => {
    const postLogoutUri = "https://www.example.com/bye";
    await connect({ issuer: peer.issuer, client, settings: { postLogoutUri } });
    const { browser, token } = await signIn("jane");
    await endAtPeer(browser, (await leave(token))?.to ?? "");
    expect(browser.url.startsWith(`${postLogoutUri}?state=`)).toBe(true);
  });

  test("signing out at the provider ends that session here on its next request, on every instance", async () => {
    const jane = await signIn("jane");
    const elsewhere = await signIn("jane");
    const tom = await signIn("tom");
    await endAtPeer(jane.browser, `${peer.issuer}/session/end`);
    expect(jane.browser.text).toContain(peerPages.signedOut);
    expect(await onAnotherInstance(() => alive(jane.token))).toBe(false);
    expect(await alive(jane.token)).toBe(false);
    // Another browser has a session of its own at the provider.
    expect([await alive(elsewhere.token), await alive(tom.token)]).toEqual([true, true]);
    const row = await database().session.findFirstOrThrow({
      where: { endedWhy: signedOutThere },
    });
    expect(row).toMatchObject({ idToken: null, endedBy: "single sign-on" });
    expect(await lastEvent()).toMatchObject({
      action: "end sessions for identity provider",
      outcome: "done",
    });
  });

  async function endAtPeer(browser: WebClient, to: string): Promise<void> {
    await browser.open(to);
    expect(browser.text).toContain(peerPages.signOut);
    await browser.send({ logout: "yes" });
  }
});

describe("signing out here", () => {
  let provider: HostileProvider;
  beforeAll(async () => {
    provider = await startHostileProvider();
    return () => provider.stop();
  });
  beforeEach(async () => {
    provider.plan = withEnd("/end");
    await connect({ issuer: provider.issuer, client: hostileClient });
  });
  const withEnd = (path: unknown): HostileProvider["plan"] => ({
    discovery: (document) => ({
      ...document,
      end_session_endpoint: typeof path === "string" && path.startsWith("/") ? provider.issuer + path : path,
    }),
  });
  const session = async (more: { issuer?: string; idToken?: string; provider?: string } = {}) => {
    const from = { issuer: provider.issuer, subject: "jane", idToken: "an ID token", ...more };
    return signedInThrough(await person({ roles: ["user"] }), from);
  };

  test("ends the session first, with its row in the trail, and drops the ID token", async () => {
    const { token, alive, row } = await session();
    const way = await leave(token);
    expect(parametersOf(way?.to)).toMatchObject({ id_token_hint: "an ID token" });
    expect(await alive()).toBe(false);
    const { id, ...left } = await row();
    expect(left).toMatchObject({ endedWhy: "signed out", idToken: null });
    const events = await database().auditEvent.findMany({ where: { targetId: id } });
    expect(events).toMatchObject([{ action: "sign out", outcome: "done" }]);
  });

  test("whoever else ends a session drops its ID token too", async () => {
    const { row } = await session();
    const { id } = await row();
    await database().$transaction((tx) => endSession(tx, id, "over", { ...system(), at: new Date() }));
    expect(await row()).toMatchObject({ endedWhy: "over", idToken: null });
  });

  test("of a session that came with a password leads nowhere", async () => {
    const token = await signedIn(await person({ roles: ["user"] }));
    expect(await leave(token)).toBeUndefined();
  });

  test("keeps what the provider's address says already", async () => {
    provider.plan = withEnd("/end?tenant=7");
    expect(parametersOf((await leave((await session()).token))?.to)).toMatchObject({ tenant: "7" });
  });

  test("with an ID token that is too long for an address names the client alone", async () => {
    const { to } = (await leave((await session({ idToken: "x".repeat(6_001) })).token)) ?? {};
    expect(parametersOf(to)).toMatchObject({ client_id: hostileClient.id });
    expect(parametersOf(to)).not.toHaveProperty("id_token_hint");
  });

  test.each([
    ["that names no place for it", undefined],
    ["whose place is no address", "nonsense"],
    ["whose place is a script", "javascript:alert(1)"],
    ["whose place is a number", 7],
  ])("at a provider %s ends there", async (_what, path) => {
    provider.plan = withEnd(path);
    const { token, alive } = await session();
    expect(await leave(token)).toMatchObject({ label: "Company login", to: undefined });
    expect(await alive()).toBe(false);
  });

  test("tells no other issuer about it, and none that is switched off or gone", async () => {
    expect(await leave((await session({ issuer: "https://before.example.com" })).token)).toMatchObject({
      to: undefined,
    });
    await database().identityProvider.updateMany({ data: { enabled: false } });
    expect(await leave((await session()).token)).toMatchObject({ to: undefined });
    await noProviders();
    expect(await leave((await session()).token)).toBeUndefined();
  });

  test("with plain http where https is asked for leads nowhere", async () => {
    await connect({ issuer: provider.issuer, client: hostileClient, settings: { enforceHttps: true } });
    expect(await leave((await session()).token)).toMatchObject({ to: undefined });
  });

  test("waits for no provider that does not answer", async () => {
    await connect({ issuer: "http://127.0.0.1:9", client: hostileClient });
    const { token, alive } = await session({ issuer: "http://127.0.0.1:9" });
    expect(await leave(token)).toMatchObject({ to: undefined });
    expect(await alive()).toBe(false);
    const slow = createServer().listen(0, "127.0.0.1");
    await once(slow, "listening");
    const { port } = slow.address() as AddressInfo;
    await connect({ issuer: `http://127.0.0.1:${port}`, client: hostileClient });
    const other = await session({ issuer: `http://127.0.0.1:${port}` });
    expect(await leave(other.token)).toMatchObject({ to: undefined });
    expect(await other.alive()).toBe(false);
    slow.closeAllConnections();
    slow.close();
  });

  test("of a session that came through SAML ends it here alone", async () => {
    await storeProvider({
      kind: "saml",
      slug: "company",
      settings: { entityId: "urn:idp", ssoUrl: "https://idp.example.com/sso", certificates: ["MII"] },
    } as Parameters<typeof storeProvider>[0]);
    const { token, alive } = await session({ provider: "company", issuer: "urn:idp" });
    expect(await leave(token)).toMatchObject({ label: "Company login", to: undefined });
    expect(await alive()).toBe(false);
  });
});
