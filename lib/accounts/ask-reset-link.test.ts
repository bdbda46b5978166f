import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemCall } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { type Env, env } from "#lib/kernel/env.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { limits } from "#lib/kernel/rate-limits.ts";
import { registry } from "#lib/kernel/registry.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { openInstallation } from "#test/installation.ts";
import { nextInstant, password, person, visitor } from "#test/people.ts";
import { failure, refused } from "#test/trail.ts";
import { askResetLink, mailResetLink, resetLinksOffered } from "./ask-reset-link.ts";
import { redeemResetLink } from "./redeem-reset-link.ts";

beforeAll(() => openInstallation());

const mail = { server: "smtp://localhost:2525", from: "console@example.com" };
const publicUrl = "https://console.example.com";
const set = (change: Partial<Env>) => Object.assign(registry(), { env: { ...env(), ...change } });
beforeEach(() => set({ mail, publicUrl }));

let from = 0;
const guest = () => visitor(`203.0.113.${++from}`);
const mailTo = (identifier: string) =>
  runCommand(mailResetLink, systemCall("test", nextInstant()), { identifier });

describe("offered only with a mail server and an address that links can start with", () => {
  test.each([
    [{ mail, publicUrl }, true],
    [{ mail: undefined, publicUrl }, false],
    [{ mail, publicUrl: undefined }, false],
  ])("%j: %s", async (settings, offered) => {
    set(settings);
    expect(await runQuery(resetLinksOffered, guest(), {})).toBe(offered);
    if (offered) return void (await runCommand(askResetLink, guest(), { identifier: "whoever" }));
    await refused(askResetLink, guest(), { identifier: "whoever" }, { code: "forbidden", reason: "no_mail" });
  });
});

test("known, unknown, disabled and without a password: the same answer, and the account is not looked at", async () => {
  const known = await person({ roles: ["user"] });
  const disabled = await person({ roles: ["user"], active: false });
  const without = await person({ roles: ["user"] });
  await database().user.update({ where: { id: without.id }, data: { passwordHash: null } });
  for (const { username } of [known, disabled, without, { username: "nobody.at.all" }]) {
    expect(await runCommand(askResetLink, guest(), { identifier: username })).toBeNull();
  }
  // What follows has the row: that a mail was sent, or why not.
  expect(await database().auditEvent.count({ where: { action: askResetLink.name, outcome: "done" } })).toBe(
    0,
  );
  expect(await database().oneTimeToken.count()).toBe(0);
});

test("afterwards a known, active account gets a link that works, to the address as it is stored", async () => {
  const user = await person({ roles: ["user"], email: "Ada@Example.com" });
  const { email, token } = await mailTo("ADA@example.com");
  expect(email).toBe("Ada@Example.com");
  const used = { token, password: "seven green bottles of ink" };
  expect(await runCommand(redeemResetLink, guest(), used)).toMatchObject({ username: user.username });
  const event = await database().auditEvent.findFirstOrThrow({ where: { action: "mail reset link" } });
  expect(event).toMatchObject({ outcome: "done", actorKind: "system", targetId: user.id });
  expect(JSON.stringify(event)).not.toContain(token);
});

test("nobody else gets one: unknown, disabled, and those who never had a password", async () => {
  const disabled = await person({ roles: ["user"], active: false });
  const without = await person({ roles: ["user"] });
  await database().user.update({ where: { id: without.id }, data: { passwordHash: null } });
  for (const identifier of [disabled.username, without.username, "nobody.at.all"])
    expect(await failure(mailTo(identifier))).toMatchObject({ reason: "nobody_to_help" });
});

test("asking changes nothing by itself: the password stays until the link is used", async () => {
  const user = await person({ roles: ["user"] });
  await mailTo(user.username);
  const { passwordHash } = await database().user.findUniqueOrThrow({ where: { id: user.id } });
  expect(passwordHash).toMatch(/^\$argon2id/);
});

test("an account gets three mails an hour at most, however its name is spelt and wherever it is asked from", async () => {
  const user = await person({ roles: ["user"] });
  for (const spelling of [user.username, user.email, user.username.toUpperCase()]) await mailTo(spelling);
  expect(await failure(mailTo(user.username))).toMatchObject({ reason: "too_many_attempts" });
});

test("strangers who ask take nothing from the owner: earlier links work, and a known browser has mails of its own", async () => {
  const user = await person({ roles: ["user"] });
  const { browser } = await runCommand(signIn, visitor(), { identifier: user.username, password });
  const mine = { ...systemCall("test", nextInstant()), browsers: [browser ?? ""] };
  const { token } = await runCommand(mailResetLink, mine, { identifier: user.username });
  for (let turn = 0; turn < limits.resetMail.points; turn++) await mailTo(user.username);
  expect(await failure(mailTo(user.username))).toMatchObject({ reason: "too_many_attempts" });
  await runCommand(mailResetLink, { ...mine, at: nextInstant() }, { identifier: user.username });

  const neighbour = visitor("203.0.113.250");
  for (let turn = 0; turn <= limits.useLink.points; turn++)
    await failure(runCommand(redeemResetLink, neighbour, { token: "none", password }));
  const used = { token, password: "seven green bottles of ink" };
  await runCommand(redeemResetLink, { ...neighbour, at: nextInstant() }, used);
  expect(await database().oneTimeToken.count({ where: { userId: user.id } })).toBe(0);
});

test("strangers at the same address do not keep a known browser from asking", async () => {
  const { username } = await person({ roles: ["user"] });
  const { browser } = await runCommand(signIn, visitor(), { identifier: username, password });
  const there = () => visitor("192.0.2.98");
  for (let turn = 0; turn < limits.askReset.points; turn++)
    await runCommand(askResetLink, there(), { identifier: "whoever" }).catch(() => {});
  const limited = { code: "rate_limited", reason: "too_many_attempts" } as const;
  await refused(askResetLink, there(), { identifier: username }, limited);
  await runCommand(askResetLink, { ...there(), browsers: [browser ?? ""] }, { identifier: username });
});

test("a browser that an account knows asks for that account alone; for others it is a stranger's", async () => {
  const [own, other] = [await person({ roles: ["user"] }), await person({ roles: ["user"] })];
  const { browser } = await runCommand(signIn, visitor(), { identifier: own.username, password });
  const there = () => ({ ...visitor("192.0.2.97"), browsers: [browser ?? ""] });
  for (let turn = 0; turn < limits.askReset.points; turn++)
    await runCommand(askResetLink, there(), { identifier: turn % 2 ? other.username : `name${turn}` });
  const limited = { code: "rate_limited", reason: "too_many_attempts" } as const;
  await refused(askResetLink, there(), { identifier: other.email }, limited);
  for (const identifier of [own.username, own.email.toUpperCase()])
    await runCommand(askResetLink, there(), { identifier });
});

test("one address asks 20 times an hour at most", async () => {
  const busy = () => visitor("192.0.2.99");
  for (let count = 0; count < 20; count++)
    await runCommand(askResetLink, busy(), { identifier: `name${count}` });
  const limited = { code: "rate_limited", reason: "too_many_attempts" } as const;
  await refused(askResetLink, busy(), { identifier: "one more" }, limited);
});
