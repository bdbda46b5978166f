import { beforeEach, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, callWith, customRole, person, rolesOf, signedIn } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { setUserRoles } from "./index.ts";

beforeEach(() => openInstallation());

const asAdmin = async () => callAs(await person({ roles: ["admin"] }));
const versionOf = async ({ id }: { id: string }) =>
  (await database().user.findUniqueOrThrow({ where: { id } })).version;

test("roles are exactly these from now on, and every session of the user ends", async () => {
  const jane = await person({ roles: ["readonly"] });
  const token = await signedIn(jane);
  const result = await runCommand(setUserRoles, await asAdmin(), { id: jane.id, roles: ["user", "user"] });
  expect(result).toMatchObject({ username: jane.username, roles: ["user"], sessionsEnded: 1 });
  expect(await rolesOf(jane)).toEqual(["user"]);
  expect(await versionOf(jane)).toBe(2);
  expect((await callWith(token)).actor).toEqual({ kind: "anonymous" });
  expect(await lastEvent()).toMatchObject({
    action: "set roles of user",
    outcome: "done",
    targetId: jane.id,
    targetName: jane.username,
    before: { roles: ["readonly"] },
    after: { roles: ["user"], sessionsEnded: 1 },
  });
});

test("the same roles change nothing, whoever holds them and whichever they are", async () => {
  const peer = await person({ roles: ["admin"] });
  const token = await signedIn(peer);
  await runCommand(setUserRoles, await asAdmin(), { id: peer.id, roles: ["admin"] });
  expect((await callWith(token)).actor).toMatchObject({ id: peer.id });
  await runCommand(setUserRoles, await callAs(peer), { id: peer.id, roles: ["admin"] });
  expect(await versionOf(peer)).toBe(1);
  expect(await lastEvent()).toMatchObject({ outcome: "done", after: { roles: ["admin"], sessionsEnded: 0 } });
});

test("an inactive user's roles can be set; they stay inactive", async () => {
  const jane = await person({ roles: ["readonly"], active: false });
  await runCommand(setUserRoles, await asAdmin(), { id: jane.id, roles: ["user"] });
  expect(await rolesOf(jane)).toEqual(["user"]);
  expect(await database().user.count({ where: { id: jane.id, active: false } })).toBe(1);
});

test("with the Uptrakit catalogue a user has several", async () => {
  await openInstallation("uptrakit");
  const [admin, jane] = [await person({ roles: ["settings_manager"] }), await person({ roles: ["viewer"] })];
  const roles = ["operator", "viewer"];
  await runCommand(setUserRoles, await callAs(admin), { id: jane.id, roles });
  expect(await rolesOf(jane)).toEqual(roles);
});

describe("refused", () => {
  test("for oneself", async () => {
    const self = await person({ roles: ["superadmin"] });
    await person({ roles: ["superadmin"] });
    const own = { code: "conflict", reason: "own_role", message: /^Cannot change your own role/ } as const;
    await refused(setUserRoles, await callAs(self), { id: self.id, roles: ["user"] }, own);
  });

  test("for somebody who outranks, and for roles that are guarded, too much, unknown, several or none", async () => {
    const [owner, peer, jane] = [
      await person({ roles: ["superadmin"] }),
      await person({ roles: ["admin"] }),
      await person({ roles: ["user"] }),
    ];
    const call = await asAdmin();
    const forbidden = (reason: string) => ({ code: "forbidden", reason }) as const;
    const invalid = (reason: string) => ({ code: "invalid", reason }) as const;
    await refused(setUserRoles, call, { id: owner.id, roles: ["user"] }, forbidden("rank"));
    await refused(setUserRoles, call, { id: peer.id, roles: ["user"] }, forbidden("guarded_role"));
    await refused(setUserRoles, call, { id: jane.id, roles: ["admin"] }, forbidden("guarded_role"));
    await refused(setUserRoles, call, { id: jane.id, roles: ["no_such"] }, invalid("role_not_found"));
    await refused(setUserRoles, call, { id: jane.id, roles: ["user", "readonly"] }, invalid("single_role"));
    await refused(setUserRoles, call, { id: jane.id, roles: [] }, invalid("invalid_input"));
  });

  test("for more than one holds oneself", async () => {
    const jane = await person({ roles: ["readonly"] });
    const role = await customRole("desk", ["can_manage_users"]);
    const escalation = { code: "forbidden", reason: "escalation" } as const;
    const call = await callAs(await person({ roles: [role] }));
    await refused(setUserRoles, call, { id: jane.id, roles: ["user"] }, escalation);
  });

  test("for the last superadmin", async () => {
    const owner = await person({ roles: ["superadmin"] });
    const role = await customRole("stand_in", [
      "can_manage_users",
      "can_manage_superusers",
      "can_view_users",
    ]);
    await database().user.updateMany({ where: { id: { not: owner.id } }, data: { active: false } });
    const call = await callAs(await person({ roles: [role] }));
    const last = { code: "conflict", reason: "never_empty" } as const;
    await refused(setUserRoles, call, { id: owner.id, roles: [role], confirmed: [role] }, last);
  });

  test("without the right, before anything is looked at", async () => {
    const missing = { code: "forbidden", reason: "missing_capability" } as const;
    await refused(setUserRoles, await callAs(await person({ roles: ["host_manager"] })), { id: 7 }, missing);
  });
});
