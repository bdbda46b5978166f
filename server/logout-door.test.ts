import { beforeAll, beforeEach, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { type HostileProvider, hostileClient, startHostileProvider } from "#test/hostile-provider.ts";
import { logoutClaims, openLogoutConsole, signedInThrough } from "#test/logout-console.ts";
import { person } from "#test/people.ts";
import { connect, forgetMetadata } from "#test/sign-in-providers.ts";
import { noProviders } from "#test/sync.ts";

const { address, deliver } = openLogoutConsole();
let provider: HostileProvider;
beforeAll(async () => {
  provider = await startHostileProvider();
  return () => provider.stop();
});
beforeEach(async () => {
  provider.plan = {};
  forgetMetadata();
  await noProviders();
  await connect({ issuer: provider.issuer, client: hostileClient });
});
const claims = () => logoutClaims(provider.issuer, { sub: "jane" });

test("takes a form with one token by POST, for a name that a provider may have", async () => {
  const token = await provider.sign(claims());
  const post = (body: BodyInit, headers?: Record<string, string>) =>
    fetch(address(), { method: "POST", body, ...(headers && { headers }) });
  expect((await fetch(address())).status).toBe(405);
  expect((await fetch(address("no/where"), { method: "POST" })).status).toBe(404);
  expect((await deliver(token, { slug: "unknown" })).status).toBe(400);
  expect(
    (await post(JSON.stringify({ logout_token: token }), { "content-type": "application/json" })).status,
  ).toBe(400);
  expect(
    (
      await post(
        new URLSearchParams([
          ["logout_token", token],
          ["logout_token", token],
        ]),
      )
    ).status,
  ).toBe(400);
  expect((await post(new URLSearchParams({ token }))).status).toBe(400);
  expect((await post(new URLSearchParams({ logout_token: "x".repeat(20_000) }))).status).toBe(400);
  expect((await post(new URLSearchParams({ logout_token: "x".repeat(100_000) }))).status).toBe(413);
  expect((await post(new URLSearchParams({ logout_token: token, more: "is let be" }))).status).toBe(200);
});

test("a flood of rubbish is cut off, and keeps no real token out, wherever it comes from", async () => {
  for (let count = 0; count < 60; count += 1) expect((await deliver("rub.bi.sh")).status).toBe(400);
  const cut = await deliver("rub.bi.sh");
  expect([cut.status, Number(cut.headers.get("retry-after")) > 60]).toEqual([429, true]);
  const trail = () => database().auditEvent.count({ where: { outcome: "refused" } });
  const before = await trail();
  for (let count = 0; count < 5; count += 1) await deliver("rub.bi.sh");
  expect(await trail()).toBe(before);
  expect((await deliver("rub.bi.sh", { from: "203.0.113.9" })).status).toBe(400);
  const session = await signedInThrough(await person({ roles: ["user"] }), {
    issuer: provider.issuer,
    subject: "jane",
  });
  expect((await deliver(await provider.sign(claims()))).status).toBe(200);
  expect(await session.alive()).toBe(false);
});

test("rubbish makes us ask the provider no more than now and then, also while it is down", async () => {
  await deliver(await provider.sign(claims()));
  const asked = provider.asked.length;
  for (let count = 0; count < 10; count += 1)
    await deliver(await provider.sign(claims(), { kid: `made up ${count}` }));
  expect(provider.asked.length).toBe(asked);
  forgetMetadata();
  provider.plan = { keys: () => ({ error: "down" }) };
  const tokens = await Promise.all(Array.from({ length: 10 }, () => provider.sign(claims())));
  for (const token of tokens) expect((await deliver(token)).status).toBe(400);
  expect(provider.asked.slice(asked).filter(({ path }) => path === "/keys")).toHaveLength(1);
  // What could not be checked was not used up.
  provider.plan = {};
  forgetMetadata();
  expect((await deliver(tokens[0] ?? "")).status).toBe(200);
});
