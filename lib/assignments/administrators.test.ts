import { beforeEach, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { deleteUser, updateUser } from "#lib/users/index.ts";
import { depth } from "#test/depth.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, customRole, nextInstant, type Person, person, rolesOf } from "#test/people.ts";
import { type Expected, refused } from "#test/trail.ts";

/** An edit of a user, whatever version they are at. */
async function edited({ id, email }: Person, change: { roles: string[]; active?: boolean }) {
  const { version } = await database().user.findUniqueOrThrow({ where: { id } });
  return { id, email, active: true, version, confirmed: change.roles, ...change };
}
/** Behind the console's back: as if these had been somebody's roles all along. */
async function setRoles({ id }: Person, ...keys: string[]) {
  const roles = await database().role.findMany({ where: { key: { in: keys } } });
  const rows = roles.map((role) => ({
    id: newId(),
    userId: id,
    roleId: role.id,
    source: "local",
    createdAt: nextInstant(),
  }));
  await database().assignment.deleteMany({ where: { userId: id } });
  await database().assignment.createMany({ data: rows });
}
/** Each of two takes a role from the other at once, again and again; somebody keeps it every time, and one is told why. */
async function fight(role: string, without: string, reason: string, rounds: number) {
  const pair = [await person({ roles: [role] }), await person({ roles: [role] })] as const;
  const attack = async (from: Person, on: Person) => {
    const [call, input] = [await callAs(from), await edited(on, { roles: [without] })];
    return () => runCommand(updateUser, call, input);
  };
  for (let round = 0; round < rounds; round++) {
    for (const one of pair) await setRoles(one, role);
    const attacks = [await attack(pair[0], pair[1]), await attack(pair[1], pair[0])];
    const results = await Promise.allSettled(attacks.map((strike) => strike()));
    const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason.reason] : []));
    expect(reasons).toEqual([reason]);
    expect(await database().assignment.count({ where: { role: { key: role } } })).toBe(1);
  }
}

describe("with the PatchMon catalogue: roles that may not run empty", () => {
  beforeEach(() => openInstallation());

  const asDeputy = async () => {
    const rights = ["can_view_users", "can_manage_users", "can_manage_superusers"];
    const role = await customRole("deputy", rights);
    await database().user.deleteMany();
    return callAs(await person({ roles: [role] }));
  };
  const neverEmpty = (message: RegExp): Expected => ({ code: "conflict", reason: "never_empty", message });

  test("the last superadmin is neither demoted nor deactivated; the one before the last is", async () => {
    const call = await asDeputy();
    const [first, last] = [await person({ roles: ["superadmin"] }), await person({ roles: ["superadmin"] })];
    await runCommand(updateUser, call, await edited(first, { roles: ["admin"] }));
    const demoted = await edited(last, { roles: ["admin"] });
    await refused(updateUser, call, demoted, neverEmpty(/\bsuperadmin\b/));
    const stopped = await edited(last, { roles: ["superadmin"], active: false });
    await refused(updateUser, call, stopped, neverEmpty(/\bsuperadmin\b/));
  });

  test("the last admin becomes superadmin while there is none: a later role counts only while all before it are empty", async () => {
    const every = await database().permission.findMany({ select: { key: true } });
    const role = await customRole(
      "stand_in",
      every.map(({ key }) => key),
    );
    await database().user.deleteMany();
    const call = await callAs(await person({ roles: [role] }));
    const admin = await person({ roles: ["admin"] });
    await runCommand(updateUser, call, await edited(admin, { roles: ["superadmin"] }));
    expect(await rolesOf(admin)).toEqual(["superadmin"]);
  });

  test("whoever is inactive or cannot sign in does not count", async () => {
    const call = await asDeputy();
    await person({ roles: ["superadmin"], active: false });
    const remote = await person({ roles: ["superadmin"] });
    await database().user.update({ where: { id: remote.id }, data: { passwordHash: null } });
    const last = await edited(await person({ roles: ["superadmin"] }), { roles: ["user"] });
    await refused(updateUser, call, last, neverEmpty(/\bsuperadmin\b/));
  });

  test("P41: with no superadmin left the last admin is not demoted, deactivated or deleted; with one left admins may go", async () => {
    const call = await asDeputy();
    const admin = await person({ roles: ["admin"] });
    const input = await edited(admin, { roles: ["user"] });
    await refused(updateUser, call, input, neverEmpty(/\badmin\b/));
    const stopped = { ...input, roles: ["admin"], active: false };
    await refused(updateUser, call, stopped, neverEmpty(/\badmin\b/));
    await refused(deleteUser, call, { id: admin.id }, neverEmpty(/^Cannot delete the last admin user/));
    await person({ roles: ["superadmin"] });
    await runCommand(updateUser, call, input);
    expect(await rolesOf(admin)).toEqual(["user"]);
  });

  test(
    "two superadmins demote each other, time after time: there is always one",
    () => fight("superadmin", "admin", "sign_in_required", depth("raceRounds")),
    60_000,
  );

  test("ten superadmins all deactivate the next one at once: somebody stays", async () => {
    const circle = [];
    for (let count = 0; count < 10; count++) circle.push(await person({ roles: ["superadmin"] }));
    const calls = await Promise.all(circle.map(callAs));
    const inputs = await Promise.all(
      circle.map((one) => edited(one, { roles: ["superadmin"], active: false })),
    );
    const attempts = calls.map((call, index) => runCommand(updateUser, call, inputs[(index + 1) % 10]));
    await Promise.allSettled(attempts);
    const left = { active: true, assignments: { some: { role: { key: "superadmin" } } } };
    expect(await database().user.count({ where: left })).toBeGreaterThan(0);
  });
});

describe("with the Uptrakit catalogue: somebody who manages users, for good", () => {
  beforeEach(() => openInstallation("uptrakit"));

  const lockout: Expected = {
    code: "conflict",
    reason: "last_holder",
    message: /^Cannot remove manage_users permission from the last user who has it/,
  };
  /** Somebody whose own hold on manage_users is not for good. */
  const asPassing = async (data: object) => {
    const one = await person({ roles: ["settings_manager"] });
    await database().assignment.updateMany({ where: { userId: one.id }, data });
    return callAs(one);
  };

  test("U11: the last who manages users for good is not deleted either, whoever else does for a time", async () => {
    const call = await asPassing({ endsAt: new Date("2099-01-01") });
    const last = await person({ roles: ["settings_manager"] });
    await refused(deleteUser, call, { id: last.id }, lockout);
    await person({ roles: ["settings_manager"] });
    await runCommand(deleteUser, call, { id: last.id });
  });

  test.each([
    ["ends one day", () => ({ endsAt: new Date("2099-01-01") })],
    ["has hours", () => ({ window: { timeZone: "Europe/Berlin", from: "00:00", to: "24:00" } })],
  ])(
    "U11: role change and deactivation are refused for the last; one whose right %s does not count",
    async (_what, data) => {
      const call = await asPassing(data());
      const last = await person({ roles: ["settings_manager", "viewer"] });
      await refused(updateUser, call, await edited(last, { roles: ["viewer"] }), lockout);
      await refused(
        updateUser,
        call,
        await edited(last, { roles: ["settings_manager", "viewer"], active: false }),
        lockout,
      );
      await person({ roles: ["settings_manager"] });
      await runCommand(updateUser, call, await edited(last, { roles: ["viewer"] }));
    },
  );

  test("neither does one who is inactive, cannot sign in, or begins later", async () => {
    const call = await asPassing({ endsAt: new Date("2099-01-01") });
    const last = await edited(await person({ roles: ["settings_manager"] }), { roles: ["viewer"] });
    await person({ roles: ["settings_manager"], active: false });
    const remote = await person({ roles: ["settings_manager"] });
    await database().user.update({ where: { id: remote.id }, data: { passwordHash: null } });
    const future = await person({ roles: ["settings_manager"] });
    const startsAt = new Date("2098-01-01");
    await database().assignment.updateMany({ where: { userId: future.id }, data: { startsAt } });
    await refused(updateUser, call, last, lockout);
  });

  test(
    "two who manage users take it from each other, 20 times: one always keeps it",
    () => fight("settings_manager", "viewer", "sign_in_required", 20),
    30_000,
  );
});

describe("with the Rudder catalogue", () => {
  beforeEach(() => openInstallation("rudder"));

  test("whoever holds the role that beats all others does not count as an administrator", async () => {
    const role = "administrator";
    const blocked = await person({ roles: [role] });
    const [one, other] = [await person({ roles: [role] }), await person({ roles: [role] })];
    await runCommand(updateUser, await callAs(one), await edited(blocked, { roles: [role, "no_rights"] }));
    await runCommand(updateUser, await callAs(one), await edited(other, { roles: ["user"] }));
    const call = await callAs(one);
    await setRoles(other, role);
    await database().assignment.updateMany({
      where: { userId: one.id },
      data: { endsAt: new Date("2099-01-01") },
    });
    const input = await edited(other, { roles: [role, "no_rights"] });
    await refused(updateUser, call, input, { code: "conflict", reason: "last_holder" });
  });
});
