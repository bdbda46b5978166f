import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { redeemResetLink } from "#lib/accounts/index.ts";
import { systemCall } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { rowKey } from "#lib/kernel/rate-limit.ts";
import { limits } from "#lib/kernel/rate-limits.ts";
import { codeGuessKeys } from "#lib/second-factor/index.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { sayInEnvironment } from "#test/environment.ts";
import { enrolTotp } from "#test/factors.ts";
import { openInstallation } from "#test/installation.ts";
import {
  callAs,
  callWith,
  nextInstant,
  password,
  person,
  rolesOf,
  visitor,
  visitorWith,
} from "#test/people.ts";
import { stored } from "#test/stored.ts";
import { failure, refused } from "#test/trail.ts";
import { noWayLeft, waysIn, waysLeft } from "#test/ways-in.ts";
import { restoreAccess } from "./index.ts";
import { randomPassword } from "./random-password.ts";

beforeAll(() => openInstallation());
beforeEach(() => database().rateLimit.deleteMany());
afterEach(() => sayInEnvironment());

const restore = (name: string, wanted: { roles?: boolean; password?: boolean } = {}) =>
  runCommand(restoreAccess, systemCall("break-glass", nextInstant()), {
    name,
    roles: wanted.roles ?? true,
    password: wanted.password ?? true,
  });
const enter = (identifier: string, secret: string) =>
  runCommand(signIn, visitor(), { identifier, password: secret });
const trail = () =>
  database().auditEvent.findFirstOrThrow({ where: { actorName: "break-glass" }, orderBy: { at: "desc" } });

describe("break-glass", () => {
  test("gives an inactive, demoted account the owner roles and a password that signs in without a factor", async () => {
    const owner = await person({ roles: ["readonly"], username: "Ada" });
    await enrolTotp(owner);
    const { sessions } = await waysIn(owner);
    await database().user.update({ where: { id: owner.id }, data: { active: false } });
    const done = await restore("aDa");
    expect(done).toMatchObject({ username: "Ada", active: true, roles: ["superadmin"], administers: true });
    expect(await rolesOf(owner)).toEqual(["superadmin"]);
    expect(await waysLeft(owner)).toEqual({ ...noWayLeft, links: 1 });
    for (const token of sessions) expect((await callWith(token)).actor).toEqual({ kind: "anonymous" });
    expect(await failure(enter("ada", password))).toMatchObject({ reason: "bad_credentials" });
    expect(await enter("ada", done.password ?? "")).toMatchObject({ kind: "session" });
  });

  test.each([{ password: true }, { password: false }])(
    "lets them sign in at once, whatever was guessed before: %j",
    async (wanted) => {
      const user = await person({ roles: ["user"] });
      const guess = (identifier: string, secret: string) => failure(enter(identifier, secret));
      for (const name of [user.username, user.email]) {
        for (let turn = 0; turn <= limits.pair.points; turn++) await guess(name, "not this one, I fear");
        expect(await guess(name, password)).toMatchObject({ reason: "too_many_attempts" });
        await database().rateLimit.updateMany({
          where: { key: rowKey("name", normaliseKey(name)) },
          data: { points: limits.name.points + 1 },
        });
      }
      const done = await restore(user.username, wanted);
      for (const name of [user.username, user.email])
        expect(await enter(name, done.password ?? password)).toMatchObject({ kind: "session" });
    },
  );

  test.each([{ password: true }, { password: false }])(
    "lets them sign in by its link where others used up the limit of the address: %j",
    async (wanted) => {
      const user = await person({ roles: ["user"] });
      const { link } = await waysIn(user);
      for (let turn = 0; turn <= limits.address.points; turn++)
        await failure(enter(`stranger-${turn}`, "not this one, I fear"));
      const done = await restore(user.username, wanted);
      expect(await failure(enter(user.username, done.password ?? password))).toMatchObject({
        reason: "too_many_attempts",
      });
      const secret = "nine owls in the old barn";
      const redeem = (token = "") => runCommand(redeemResetLink, visitor(), { token, password: secret });
      expect(await failure(redeem(link))).toMatchObject({ reason: "bad_reset_link" });
      const { browser } = await redeem(done.linkToken);
      const known = visitorWith(browser ?? "");
      const input = { identifier: user.username, password: secret };
      expect(await runCommand(signIn, known, input)).toMatchObject({ kind: "session" });
      expect(await failure(redeem(done.linkToken))).toMatchObject({ reason: "bad_reset_link" });
    },
  );

  test("prints no link that would lead nowhere, because local sign-in is off", async () => {
    const user = await person({ roles: ["user"] });
    sayInEnvironment({ OIDC_DISABLE_LOCAL_AUTH: "true" });
    expect(await restore(user.username)).toMatchObject({ localSignIn: false, linkToken: undefined });
  });

  test("codes that were guessed before keep nobody from the factor that they set up anew", async () => {
    const user = await person({ roles: ["user"] });
    const expire = new Date(Date.now() + 60_000);
    const full = codeGuessKeys(user.id).map((key) => ({ key, points: 1000, expire }));
    await database().rateLimit.createMany({ data: full });
    await restore(user.username);
    expect(await database().rateLimit.count({ where: { key: { in: codeGuessKeys(user.id) } } })).toBe(0);
  });

  test("leaves a row in the trail that says what was before and after, and no password", async () => {
    const user = await person({ roles: ["user"] });
    await waysIn(user);
    const done = await restore(user.email);
    const event = await trail();
    expect(event).toMatchObject({
      action: "break glass",
      outcome: "done",
      actorKind: "system",
      actorName: "break-glass",
      door: "system",
      targetKind: "user",
      targetId: user.id,
      targetName: user.username,
      before: { active: true, roles: ["user"] },
      after: {
        active: true,
        roles: ["superadmin"],
        passwordReplaced: true,
        sessionsEnded: 2,
        devicesForgotten: 1,
      },
    });
    for (const secret of [done.password, done.linkToken]) expect(JSON.stringify(event)).not.toContain(secret);
  });

  test("with roles alone the password stays, with a password alone the roles do", async () => {
    const user = await person({ roles: ["user"] });
    expect((await restore(user.username, { password: false })).password).toBeUndefined();
    await enter(user.username, password);
    const other = await person({ roles: ["user"] });
    const done = await restore(other.username, { roles: false });
    expect(await rolesOf(other)).toEqual(["user"]);
    expect(done.administers).toBe(false);
    await enter(other.username, done.password ?? "");
  });

  test("an account without a password gets one in any case: its passkeys are gone", async () => {
    const user = await person({ roles: ["user"] });
    await database().user.update({ where: { id: user.id }, data: { passwordHash: null } });
    const done = await restore(user.username, { password: false });
    await enter(user.username, done.password ?? "");
  });

  test("a role that was to end, or held only at hours, is held for good afterwards", async () => {
    const user = await person({ roles: ["superadmin"] });
    await database().assignment.updateMany({ where: { userId: user.id }, data: { endsAt: nextInstant() } });
    expect((await restore(user.username)).administers).toBe(true);
    const held = await database().assignment.findFirstOrThrow({ where: { userId: user.id } });
    expect(held).toMatchObject({ startsAt: null, endsAt: null, window: null });
  });

  test("an unknown name is refused in one sentence, with a row in the trail, and changes nothing", async () => {
    const before = await stored();
    expect(await failure(restore("nobody"))).toMatchObject({
      reason: "user_not_found",
      message: expect.stringContaining('"nobody"'),
    });
    expect(await stored()).toEqual(before);
    expect(await trail()).toMatchObject({
      action: "break glass",
      outcome: "refused",
      reason: "user_not_found",
    });
  });

  test("is for the server alone, whatever somebody holds", async () => {
    const call = await callAs(await person({ roles: ["superadmin"] }));
    const input = { name: "Ada", roles: true, password: true };
    await refused(restoreAccess, call, input, { code: "forbidden", reason: "missing_capability" });
  });
});

test("random passwords have every kind of character and the length that the policy asks for", () => {
  for (const minimum of [8, 15, 28, 64]) {
    const text = randomPassword(minimum);
    expect(text.length).toBeGreaterThanOrEqual(Math.max(minimum, 27));
    for (const kind of [/[A-Z]/, /[a-z]/, /\d/, /-/]) expect(text).toMatch(kind);
    expect(text).not.toMatch(/[0O1Il]/);
  }
  expect(new Set(Array.from({ length: 100 }, () => randomPassword(15))).size).toBe(100);
});
