import { beforeAll, describe, expect, test } from "vitest";
import { can } from "#lib/kernel/actor.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { callWith, nextInstant, person, signedIn, visitor } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { endSessionsOf } from "./end-sessions.ts";
import { touchEvery } from "./limits.ts";
import { loadActor } from "./load-actor.ts";
import { signOut } from "./sign-out.ts";

beforeAll(() => openInstallation());

const hour = 60 * 60_000;
/** The settings as they are unless somebody changes them. */
const [absoluteLimit, idleLimit] = [168 * hour, 24 * hour];
const nobody = { kind: "anonymous" };
const sessionOf = (userId: string) => database().session.findFirstOrThrow({ where: { userId } });
const later = (date: Date, milliseconds: number) => new Date(date.getTime() + milliseconds);

test("a session's token opens its user's rights, and is stored as a hash only", async () => {
  const admin = await person({ roles: ["admin"], givenName: "Ada", familyName: "Min" });
  const token = await signedIn(admin);
  const { actor, at } = await callWith(token);
  const { id, username, email } = admin;
  expect(actor).toMatchObject({ kind: "user", id, username, email, name: "Ada Min" });
  expect(can(actor, "manageUsers", at.getTime())).toBe(true);
  expect(can(actor, "manageSuperusers", at.getTime())).toBe(false);
  const row = await sessionOf(id);
  expect(row).toMatchObject({ method: "password", address: "192.0.2.1", agent: "a browser", endedAt: null });
  const dump = await database().$queryRaw<{ row: string }[]>`SELECT s::text AS row FROM sessions s`;
  const spellings = [
    token,
    Buffer.from(token).toString("hex"),
    Buffer.from(token, "base64url").toString("hex"),
  ];
  for (const spelling of spellings) expect(JSON.stringify(dump)).not.toContain(spelling);
});

test("a token that nobody has opens nothing", async () => {
  expect(await loadActor("", nextInstant())).toEqual(nobody);
  expect(await loadActor("a".repeat(5000), nextInstant())).toEqual(nobody);
});

describe("P56: the very next request of a session finds nobody once", () => {
  test("its user signed out; the row stays as history", async () => {
    const user = await person({ roles: ["user"] });
    const [token, other] = [await signedIn(user), await signedIn(user)];
    const call = await callWith(token);
    await runCommand(signOut, call, {});
    expect((await callWith(token)).actor).toEqual(nobody);
    expect((await callWith(other)).actor).toMatchObject({ id: user.id });
    expect(await lastEvent()).toMatchObject({ action: "sign out", outcome: "done", actorId: user.id });
    const where = { userId: user.id, endedAt: call.at, endedWhy: "signed out" };
    expect(await database().session.count({ where })).toBe(1);
    await refused(
      signOut,
      await callWith(token),
      {},
      { code: "unauthenticated", reason: "sign_in_required" },
    );
  });

  test("somebody ended all of the user's sessions", async () => {
    const user = await person({ roles: ["user"] });
    const tokens = [await signedIn(user), await signedIn(user)];
    const end = () => database().$transaction((tx) => endSessionsOf(tx, user.id, "because", visitor()));
    expect(await end()).toBe(2);
    for (const token of tokens) expect((await callWith(token)).actor).toEqual(nobody);
    expect(await end()).toBe(0);
  });

  test("its absolute time is over, however busy it was", async () => {
    const user = await person({ roles: ["user"] });
    const token = await signedIn(user);
    const { createdAt, expiresAt } = await sessionOf(user.id);
    expect(expiresAt).toEqual(later(createdAt, absoluteLimit));
    await database().session.updateMany({ where: { userId: user.id }, data: { lastUsedAt: expiresAt } });
    expect(await loadActor(token, later(expiresAt, -1))).toMatchObject({ id: user.id });
    expect(await loadActor(token, expiresAt)).toEqual(nobody);
  });

  test("it lay idle too long; use keeps it open", async () => {
    const user = await person({ roles: ["user"] });
    const token = await signedIn(user);
    const { createdAt } = await sessionOf(user.id);
    for (const idle of [idleLimit, idleLimit + 1, 2 * idleLimit])
      expect(await loadActor(token, later(createdAt, idle))).toEqual(nobody);
    const used = later(createdAt, idleLimit - 1);
    expect(await loadActor(token, used)).toMatchObject({ id: user.id });
    expect(await loadActor(token, later(used, idleLimit - 1))).toMatchObject({ id: user.id });
  });

  test("its user was deactivated or is gone", async () => {
    const user = await person({ roles: ["user"] });
    const token = await signedIn(user);
    await database().user.update({ where: { id: user.id }, data: { active: false } });
    expect((await callWith(token)).actor).toEqual(nobody);
    await database().user.update({ where: { id: user.id }, data: { active: true } });
    await database().user.delete({ where: { id: user.id } });
    expect((await callWith(token)).actor).toEqual(nobody);
  });
});

test("reading is rarely a write: the last use moves once in a while, and never on an ended session", async () => {
  const user = await person({ roles: ["user"] });
  const token = await signedIn(user);
  const { createdAt } = await sessionOf(user.id);
  await loadActor(token, later(createdAt, touchEvery));
  expect((await sessionOf(user.id)).lastUsedAt).toEqual(createdAt);
  await loadActor(token, later(createdAt, touchEvery + 1));
  expect((await sessionOf(user.id)).lastUsedAt).toEqual(later(createdAt, touchEvery + 1));
});

test("assignments count from their start to their end, without anybody doing anything", async () => {
  const user = await person({ roles: ["readonly"] });
  const admin = await database().role.findUniqueOrThrow({ where: { key: "admin" } });
  const startsAt = nextInstant();
  const endsAt = later(startsAt, 5_000);
  const row = { id: user.id, userId: user.id, roleId: admin.id, source: "local", createdAt: startsAt };
  await database().assignment.create({ data: { ...row, startsAt, endsAt } });
  const token = await signedIn(user);
  const manages = async (at: Date) => can(await loadActor(token, at), "manageUsers", at.getTime());
  expect(await manages(later(startsAt, -1))).toBe(false);
  expect(await manages(startsAt)).toBe(true);
  expect(await manages(later(endsAt, -1))).toBe(true);
  expect(await manages(endsAt)).toBe(false);
});
