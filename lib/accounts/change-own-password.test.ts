import { hash as bcrypt } from "@node-rs/bcrypt";
import { beforeAll, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { openInstallation } from "#test/installation.ts";
import { callWith, nextInstant, password, person, signedIn, visitor } from "#test/people.ts";
import { failure, lastEvent, refused } from "#test/trail.ts";
import { waysIn, waysLeft } from "#test/ways-in.ts";
import { changeOwnPassword } from "./change-own-password.ts";

beforeAll(() => openInstallation());

const secret = "seven green bottles of ink";
const nobody = { kind: "anonymous" };
const wrong = { code: "forbidden", reason: "wrong_password" } as const;
const bad = { code: "unauthenticated", reason: "bad_credentials" } as const;
const reused = { code: "invalid", reason: "password_reused" } as const;

test("O12: with the present password anybody changes their own; the other sessions end, the asking one stays", async () => {
  const user = await person({ roles: ["readonly"] });
  const before = await waysIn(user);
  const own = await signedIn(user);
  const call = await callWith(own);
  const result = await runCommand(changeOwnPassword, call, { currentPassword: password, password: secret });
  expect(result).toEqual({ sessionsEnded: 2, devicesForgotten: 0 });
  for (const token of before.sessions) expect((await callWith(token)).actor).toEqual(nobody);
  expect((await callWith(own)).actor).toMatchObject({ id: user.id });
  expect(await waysLeft(user)).toEqual({ sessions: 1, devices: 1, links: 0 });
  expect(await lastEvent()).toMatchObject({
    action: "change own password",
    outcome: "done",
    actorId: user.id,
    targetId: user.id,
    targetName: user.username,
    after: { sessionsEnded: 2 },
  });
  expect(JSON.stringify(await lastEvent())).not.toMatch(/argon2|seven green|harbour/);
  await refused(signIn, visitor(), { identifier: user.username, password }, bad);
  await runCommand(signIn, visitor(), { identifier: user.username, password: secret });
});

test("trusted devices are forgotten as well when that is asked for", async () => {
  const user = await person({ roles: ["user"] });
  await waysIn(user);
  const input = { currentPassword: password, password: secret, forgetDevices: true };
  await runCommand(changeOwnPassword, await callWith(await signedIn(user)), input);
  expect(await waysLeft(user)).toEqual({ sessions: 1, devices: 0, links: 0 });
});

test("O12: a wrong present password changes nothing; guesses are counted by session, and lock its owner out of no other", async () => {
  const user = await person({ roles: ["user"] });
  const guess = { currentPassword: "not this one, I fear", password: secret };
  const call = await callWith(await signedIn(user));
  for (let count = 0; count < 5; count++) {
    const { fields } = await refused(changeOwnPassword, call, guess, wrong);
    expect(Object.keys(fields)).toEqual(["currentPassword"]);
  }
  const limited = { code: "rate_limited", reason: "too_many_attempts" } as const;
  const right = { currentPassword: password, password: secret };
  await refused(changeOwnPassword, call, right, limited);
  await runCommand(changeOwnPassword, await callWith(await signedIn(user)), right);
  await runCommand(signIn, visitor(), { identifier: user.username, password: secret });
});

test("a right one starts the count anew", async () => {
  const user = await person({ roles: ["user"] });
  const call = await callWith(await signedIn(user));
  const weak = { currentPassword: password, password: "too short" };
  for (let count = 0; count < 8; count++)
    expect(await failure(runCommand(changeOwnPassword, call, weak))).toMatchObject({
      reason: "weak_password",
    });
});

test("nobody changes anything without being signed in", async () => {
  const input = { currentPassword: password, password: secret };
  await refused(changeOwnPassword, visitor(), input, { code: "unauthenticated", reason: "sign_in_required" });
});

test("an account without a password has no present one to give", async () => {
  const user = await person({ roles: ["user"] });
  await database().user.update({ where: { id: user.id }, data: { passwordHash: null } });
  const call = await callWith(await signedIn(user));
  await refused(changeOwnPassword, call, { currentPassword: "null", password: secret }, wrong);
});

test("several changes at once: one holds, and its password is the only one that works", async () => {
  const user = await person({ roles: ["user"] });
  const call = await callWith(await signedIn(user));
  const wishes = ["lamp", "tree", "boat", "fish"].map((word) => `seven green ${word} of wet ink`);
  const tries = await Promise.allSettled(
    wishes.map((wish) => runCommand(changeOwnPassword, call, { currentPassword: password, password: wish })),
  );
  const held = wishes.filter((_, index) => tries[index]?.status === "fulfilled");
  expect(held).toHaveLength(1);
  for (const wish of wishes) {
    const attempt = runCommand(signIn, visitor(wish), { identifier: user.username, password: wish });
    if (held.includes(wish)) await attempt;
    else expect(await failure(attempt)).toMatchObject(bad);
  }
});

describe("P55: history: the present password and the last so many do not come back", () => {
  const remember = (passwordHistory: number) => {
    const row = { value: { passwordHistory }, updatedAt: nextInstant() };
    return database().setting.upsert({
      where: { key: "security" },
      create: { key: "security", ...row },
      update: row,
    });
  };
  const names = ["ash", "birch", "cedar", "elm", "fir", "hazel"];
  const sentence = (name: string) => `under the old ${name} at noon`;

  test("with 2 to remember, the third before is free again", async () => {
    await remember(2);
    const user = await person({ roles: ["user"] });
    const token = await signedIn(user);
    let present = password;
    const change = async (next: string) =>
      runCommand(changeOwnPassword, await callWith(token), { currentPassword: present, password: next });
    for (const name of names.slice(0, 3)) {
      await change(sentence(name));
      present = sentence(name);
    }
    for (const name of ["cedar", "birch", "ash"])
      expect(await failure(change(sentence(name)))).toMatchObject(reused);
    expect(await database().formerPassword.count({ where: { userId: user.id } })).toBe(2);
    await change(password);
  });

  test("with 0, only the present one is refused", async () => {
    await remember(0);
    const user = await person({ roles: ["user"] });
    const call = await callWith(await signedIn(user));
    const same = { currentPassword: password, password };
    const { fields } = await refused(changeOwnPassword, call, same, reused);
    expect(fields).toEqual({ password: [expect.stringMatching(/present password/)] });
    await runCommand(changeOwnPassword, call, { currentPassword: password, password: secret });
    await runCommand(changeOwnPassword, call, { currentPassword: secret, password });
  });

  test("an imported one counts as well", async () => {
    await remember(5);
    const user = await person({ roles: ["user"] });
    const passwordHash = await bcrypt(sentence("larch"), 4);
    await database().user.update({ where: { id: user.id }, data: { passwordHash } });
    const call = await callWith(await signedIn(user));
    await runCommand(changeOwnPassword, call, { currentPassword: sentence("larch"), password: secret });
    const back = { currentPassword: secret, password: sentence("larch") };
    await refused(changeOwnPassword, call, back, reused);
  });
});
