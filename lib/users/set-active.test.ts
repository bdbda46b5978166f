import { beforeEach, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, callWith, customRole, password, person, visitor } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { noWayLeft, waysIn, waysLeft } from "#test/ways-in.ts";
import { deactivateUser, reactivateUser } from "./index.ts";

beforeEach(() => openInstallation());

const asAdmin = async () => callAs(await person({ roles: ["admin"] }));
const rowOf = ({ id }: { id: string }) => database().user.findUniqueOrThrow({ where: { id } });
const bad = { code: "unauthenticated", reason: "bad_credentials" } as const;

test("deactivating closes sign-in and ends every way back; reactivating opens sign-in and revives none", async () => {
  const jane = await person({ roles: ["user"] });
  const { sessions } = await waysIn(jane);
  const call = await asAdmin();
  expect(await runCommand(deactivateUser, call, { id: jane.id })).toMatchObject({
    username: jane.username,
    sessionsEnded: 2,
    devicesForgotten: 1,
  });
  expect(await lastEvent()).toMatchObject({
    action: "deactivate user",
    outcome: "done",
    targetId: jane.id,
    targetName: jane.username,
    before: { active: true },
    after: { active: false, sessionsEnded: 2, devicesForgotten: 1 },
  });
  expect(await waysLeft(jane)).toEqual(noWayLeft);
  expect((await callWith(sessions[0])).actor).toEqual({ kind: "anonymous" });
  const words = { identifier: jane.username, password };
  await refused(signIn, visitor(), words, bad);

  await runCommand(reactivateUser, await asAdmin(), { id: jane.id });
  expect(await lastEvent()).toMatchObject({
    action: "reactivate user",
    before: { active: false },
    after: { active: true, sessionsEnded: 0 },
  });
  expect(await rowOf(jane)).toMatchObject({ active: true, version: 3 });
  await runCommand(signIn, visitor(), words);
  expect((await callWith(sessions[0])).actor).toEqual({ kind: "anonymous" });
});

test("what is so already is done with nothing changed, and the trail says so", async () => {
  const jane = await person({ roles: ["user"], active: false });
  const before = await rowOf(jane);
  await runCommand(deactivateUser, await asAdmin(), { id: jane.id });
  expect(await rowOf(jane)).toEqual(before);
  expect(await lastEvent()).toMatchObject({
    outcome: "done",
    before: { active: false },
    after: { active: false },
  });
  const john = await person({ roles: ["user"] });
  await waysIn(john);
  await runCommand(reactivateUser, await asAdmin(), { id: john.id });
  expect(await waysLeft(john)).toEqual({ sessions: 2, devices: 1, links: 1 });
});

describe("refused", () => {
  test("for oneself, whoever that is", async () => {
    for (const role of ["superadmin", "admin"]) {
      const self = await person({ roles: [role] });
      await refused(deactivateUser, await callAs(self), self, {
        code: "conflict",
        reason: "own_account",
      });
    }
  });

  test("for somebody who outranks, active or not", async () => {
    const rank = { code: "forbidden", reason: "rank" } as const;
    await refused(deactivateUser, await asAdmin(), await person({ roles: ["superadmin"] }), rank);
    const stopped = await person({ roles: ["superadmin"], active: false });
    await refused(reactivateUser, await asAdmin(), stopped, rank);
  });

  test("for the last superadmin, who stays signed in", async () => {
    const owner = await person({ roles: ["superadmin"] });
    const { sessions } = await waysIn(owner);
    const role = await customRole("stand_in", ["can_manage_users", "can_manage_superusers"]);
    await database().user.updateMany({ where: { id: { not: owner.id } }, data: { active: false } });
    await refused(deactivateUser, await callAs(await person({ roles: [role] })), owner, {
      code: "conflict",
      reason: "never_empty",
      message: /\bsuperadmin\b/,
    });
    expect((await callWith(sessions[0])).actor).toMatchObject({ id: owner.id });
  });

  test.each([deactivateUser, reactivateUser])(
    "without the right, for nobody, and for no id: $name",
    async (one) => {
      const missing = { code: "forbidden", reason: "missing_capability" } as const;
      await refused(one, await callAs(await person({ roles: ["host_manager"] })), { id: 7 }, missing);
      await refused(one, await asAdmin(), { id: newId() }, { code: "not_found", reason: "user_not_found" });
      await refused(one, await asAdmin(), { id: "1 OR 1=1" }, { code: "invalid", reason: "invalid_input" });
    },
  );
});

test("two superadmins who deactivate each other at once leave one, time after time", async () => {
  for (let round = 0; round < 10; round++) {
    const [one, other] = [await person({ roles: ["superadmin"] }), await person({ roles: ["superadmin"] })];
    await database().user.deleteMany({ where: { id: { notIn: [one.id, other.id] } } });
    const calls = [await callAs(one), await callAs(other)] as const;
    const results = await Promise.allSettled([
      runCommand(deactivateUser, calls[0], other),
      runCommand(deactivateUser, calls[1], one),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await database().user.count({ where: { active: true } })).toBe(1);
  }
});
