import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { type IdentityProvider, saidOnDenial, startIdentityProvider } from "#test/identity-provider.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, type Person, passTime, person } from "#test/people.ts";
import { connect } from "#test/sign-in-providers.ts";
import { noProviders } from "#test/sync.ts";
import { refused } from "#test/trail.ts";
import { newWebClient } from "#test/web-client.ts";
import { finishTest, startTest, tryRules, viewTest } from "./index.ts";

const origin = "http://127.0.0.1:9";
const callback = `${origin}/api/auth/callback/oidc`;
const client = { id: "bailiwick", secret: "s3cret & more %" };

let peer: IdentityProvider;
let owner: Person;
let call: Call;
beforeAll(async () => {
  const close = await openInstallation();
  owner = await person({ roles: ["superadmin"] });
  peer = await startIdentityProvider({
    clients: [{ ...client, redirectUris: [callback] }],
    accounts: {
      jane: { claims: { email: "jane@example.com", email_verified: true, groups: ["it", "all"] } },
      tom: { claims: { email: "tom@example.com", realm_access: { roles: ["ops"] } } },
    },
  });
  return async () => {
    await peer.stop();
    await close();
  };
});
beforeEach(async () => {
  await noProviders();
  await connect({ issuer: peer.issuer, client });
  await database().identityProvider.update({ where: { slug: "oidc" }, data: { enabled: false } });
  call = { ...(await callAs(owner)), origin };
});

/** Signs in at the provider; answers the query that comes back. */
async function atProvider(username: string, refuse = false): Promise<string> {
  const { url } = await runCommand(startTest, call, { slug: "oidc" });
  const browser = newWebClient((next) => next.startsWith(callback));
  await browser.open(url);
  await browser.send(refuse ? { refuse: "1" } : { username });
  return new URL(browser.url).search.slice(1);
}

test("the whole code flow is done, and nobody is signed in: the claims are kept for whoever asked", async () => {
  const sessions = await database().session.count();
  const users = await database().user.count();
  const query = await atProvider("jane");
  expect(await runCommand(finishTest, call, { slug: "oidc", query })).toEqual({ failed: false });
  const { test: seen } = await runQuery(viewTest, call, { slug: "oidc" });
  expect(seen).toMatchObject({ failure: undefined, unread: undefined, address: "verified" });
  expect(seen?.claims).toContainEqual({ path: "groups", values: ["it", "all"], telling: true });
  expect(seen?.claims.at(-1)).toMatchObject({ telling: false });
  expect(await database().session.count()).toBe(sessions);
  expect([await database().user.count(), await database().identity.count()]).toEqual([users, 0]);
  const event = await database().auditEvent.findFirstOrThrow({ where: { action: "finish test sign-in" } });
  expect(event).toMatchObject({ outcome: "done", targetId: "oidc", actorId: owner.id });
  // What the provider says of somebody is not for the trail, only which claims it was.
  expect(event.after).toMatchObject({ claims: expect.arrayContaining(["email", "groups"]) });
  expect(JSON.stringify(event)).not.toContain("jane@example.com");
  const { tried } = await runQuery(tryRules, call, {
    ...{ slug: "oidc", against: "test" },
    rules: [{ claim: "groups", value: "it", role: "admin" }],
  });
  expect(tried).toMatchObject({ who: expect.any(String), roles: [{ key: "admin" }] });
});

test("the same answer counts once, and for nobody else's session", async () => {
  const query = await atProvider("jane");
  const over = { code: "conflict", reason: "no_test_run" } as const;
  const other = { ...(await callAs(owner)), origin };
  await refused(finishTest, other, { slug: "oidc", query }, over);
  const admin = { ...(await callAs(await person({ roles: ["admin"] }))), origin };
  await refused(finishTest, admin, { slug: "oidc", query }, over);
  await runCommand(finishTest, call, { slug: "oidc", query });
  await refused(finishTest, call, { slug: "oidc", query }, over);
  for (const [seer, seen] of [
    [call, true],
    [other, false],
    [admin, false],
  ] as const)
    expect((await runQuery(viewTest, seer, { slug: "oidc" })).test !== undefined).toBe(seen);
  const invented = "state=test.invented&code=x";
  await refused(finishTest, call, { slug: "oidc", query: invented }, over);
});

test("it has its time, and what it showed is gone after a while", async () => {
  const query = await atProvider("jane");
  passTime(11 * 60);
  const late = { ...call, at: (await callAs(owner)).at };
  await refused(finishTest, late, { slug: "oidc", query }, { code: "conflict", reason: "no_test_run" });
  const again = await atProvider("jane");
  await runCommand(finishTest, call, { slug: "oidc", query: again });
  passTime(31 * 60);
  const later = { ...call, at: (await callAs(owner)).at };
  expect((await runQuery(viewTest, later, { slug: "oidc" })).test).toBeUndefined();
});

test("nested claims have their path; what nobody says of the address is told", async () => {
  await runCommand(finishTest, call, { slug: "oidc", query: await atProvider("tom") });
  const { test: seen } = await runQuery(viewTest, call, { slug: "oidc" });
  expect(seen?.address).toBe("silent");
  expect(seen?.claims).toContainEqual({ path: "realm_access.roles", values: ["ops"], telling: true });
});

test("what goes wrong is told", async () => {
  const seen = async () => (await runQuery(viewTest, call, { slug: "oidc" })).test;
  await runCommand(finishTest, call, { slug: "oidc", query: await atProvider("jane", true) });
  // What the provider itself says goes along.
  expect(await seen()).toMatchObject({
    reason: "access_denied",
    failure: expect.stringContaining(saidOnDenial),
  });
  const query = await atProvider("jane");
  const forged = query.replace(/code=[^&]+/, "code=forged");
  await runCommand(finishTest, call, { slug: "oidc", query: forged });
  expect((await seen())?.reason).toBe("invalid_grant");
  await connect({ issuer: peer.issuer, client: { ...client, secret: "a wrong one" } });
  await runCommand(finishTest, call, { slug: "oidc", query: await atProvider("jane") });
  expect((await seen())?.reason).toBe("invalid_client");
  peer.failUserinfo(500);
  await connect({ issuer: peer.issuer, client });
  await runCommand(finishTest, call, { slug: "oidc", query: await atProvider("jane") });
  peer.failUserinfo(undefined);
  expect((await runQuery(viewTest, call, { slug: "oidc" })).test?.unread).toBe("userinfo_failed");
});

test("a provider that is not finished cannot be tried", async () => {
  const settings = { issuer: peer.issuer };
  await database().identityProvider.update({ where: { slug: "oidc" }, data: { settings } });
  const incomplete = { code: "conflict", reason: "incomplete" } as const;
  await refused(startTest, call, { slug: "oidc" }, incomplete);
  await refused(startTest, call, { slug: "none" }, { code: "not_found", reason: "provider_not_found" });
});
