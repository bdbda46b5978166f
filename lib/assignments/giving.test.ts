import { beforeAll, describe, expect, test } from "vitest";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { createUser, updateUser } from "#lib/users/index.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, customRole, type Person, person, rolesOf } from "#test/people.ts";
import { type Expected, refused } from "#test/trail.ts";

let count = 0;
/** A new user with these roles. */
function added(...roles: string[]) {
  const username = `added${++count}`;
  return {
    username,
    email: `${username}@example.com`,
    password: "seven green bottles of ink",
    roles,
    confirmed: roles,
  };
}
/** An edit of a user that no one edited before. */
const edited = ({ id, email }: Person, change: { roles: string[]; [other: string]: unknown }) => ({
  id,
  email,
  active: true,
  version: 1,
  confirmed: change.roles,
  ...change,
});

describe("with the PatchMon catalogue", () => {
  beforeAll(() => openInstallation());

  const people = ["can_view_users", "can_manage_users"];
  const holderOf = async (...roles: string[]) => callAs(await person({ roles }));
  const helper = async () => holderOf(await customRole(`helper_${++count}`, people));
  const because = (reason: string, message = /^You do not have permission/): Expected => ({
    code: "forbidden",
    reason,
    message,
  });
  /** Neither by adding somebody nor by changing somebody's role. */
  async function cannotGive(call: Call, role: string, from: string, reason: string) {
    const message = new RegExp(`^You do not have permission to assign the role: ${role}\\b`);
    await refused(createUser, call, added(role), because(reason, message));
    const target = await person({ roles: [from] });
    await refused(updateUser, call, edited(target, { roles: [role] }), because(reason, message));
  }

  test("P24: only a superadmin creates or promotes admins and superadmins", async () => {
    for (const role of ["admin", "superadmin"]) {
      await cannotGive(await holderOf("admin"), role, "user", "guarded_role");
      const superadmin = await holderOf("superadmin");
      const { id } = await runCommand(createUser, superadmin, added(role));
      expect(await rolesOf({ id })).toEqual([role]);
      const target = await person({ roles: ["user"] });
      await runCommand(updateUser, superadmin, edited(target, { roles: [role] }));
      expect(await rolesOf(target)).toEqual([role]);
    }
  });

  test("a guarded role is not taken away either", async () => {
    const target = await person({ roles: ["admin"] });
    const taken = because("guarded_role", /^You do not have permission to take away the role: admin\b/);
    await refused(updateUser, await holderOf("admin"), edited(target, { roles: ["user"] }), taken);
  });

  test("P25: a custom-role holder of both rights creates and manages superadmins", async () => {
    const role = await customRole("deputy", [...people, "can_manage_superusers"]);
    const call = await holderOf(role);
    const { id, username } = await runCommand(createUser, call, added("superadmin"));
    const target = { id, username, email: `${username}@example.com` };
    await person({ roles: ["superadmin"] });
    await runCommand(updateUser, call, edited(target, { roles: ["admin"] }));
    expect(await rolesOf(target)).toEqual(["admin"]);
  });

  test("P46: a custom role that manages users does not touch admins and superadmins", async () => {
    const call = await helper();
    for (const role of ["admin", "superadmin", "host_manager"]) {
      const target = await person({ roles: [role] });
      const above = because("rank", /^Cannot modify a user with a higher-privilege role/);
      await refused(updateUser, call, edited(target, { roles: [role], givenName: "Eve" }), above);
      await refused(updateUser, call, edited(target, { roles: ["readonly"] }), above);
      await refused(updateUser, call, edited(target, { roles: [role], active: false }), above);
    }
  });

  test("P32: nobody promotes a user above themselves", async () => {
    const above = "rank";
    const call = await holderOf(
      await customRole("all_but_rank", [...people, ...(await grantsOf("host_manager"))]),
    );
    await cannotGive(call, "host_manager", "readonly", above);
  });

  test("nobody gives what they do not hold, whatever its rank", async () => {
    await cannotGive(await helper(), "readonly", await customRole("nothing", []), "escalation");
    const { message } = await refused(createUser, await helper(), added("user"), because("escalation"));
    expect(message).toMatch(/can_view_dashboard, .* and 1 more\.$/);
  });

  test("what somebody holds themselves, they give and take", async () => {
    const call = await helper();
    const role = call.actor.kind === "user" ? (await rolesOf(call.actor))[0] : undefined;
    const { id } = await runCommand(createUser, call, added(role ?? ""));
    expect(await rolesOf({ id })).toEqual([role]);
  });

  async function grantsOf(key: string) {
    const grants = await database().grant.findMany({ where: { role: { key } } });
    return grants.map(({ permissionKey }) => permissionKey);
  }
});

describe("with the Uptrakit catalogue", () => {
  beforeAll(() => openInstallation("uptrakit"));
  const asOwner = async () => callAs(await person({ roles: ["viewer", "settings_manager"] }));

  test("U02: a user holds several roles; adding and removing touches only those that change", async () => {
    const call = await asOwner();
    const { id, username } = await runCommand(createUser, call, added("viewer", "operator"));
    expect(await rolesOf({ id })).toEqual(["operator", "viewer"]);
    const kept = await database().assignment.findFirstOrThrow({
      where: { userId: id, role: { key: "viewer" } },
    });
    const target = { id, username, email: `${username}@example.com` };
    await runCommand(
      updateUser,
      call,
      edited(target, { roles: ["viewer", "host_manager", "command_manager"] }),
    );
    expect(await rolesOf(target)).toEqual(["command_manager", "host_manager", "viewer"]);
    expect(await database().assignment.findMany({ where: { id: kept.id } })).toEqual([kept]);
  });

  test("where the product lets user managers grant beyond their own, they do", async () => {
    const { id } = await runCommand(createUser, await asOwner(), added("system_administrator"));
    expect(await rolesOf({ id })).toEqual(["system_administrator"]);
  });
});

describe("with the UTMStack catalogue, where nobody grants beyond their own", () => {
  beforeAll(() => openInstallation("utmstack"));

  test("an unlimited hold covers a limited role; less does not", async () => {
    const wide = await customRole("readers", ["manage_users", "view_events", "generate_reports"]);
    const call = await callAs(await person({ roles: [wide] }));
    const { id } = await runCommand(createUser, call, added("VIEWER"));
    expect(await rolesOf({ id })).toEqual(["VIEWER"]);
    const beyond = { code: "forbidden", reason: "escalation" } as const;
    await refused(createUser, call, added("SECURITY_ANALYST"), beyond);
    const narrow = await customRole("people", ["manage_users", "view_events"]);
    await refused(createUser, await callAs(await person({ roles: [narrow] })), added("VIEWER"), beyond);
  });
});
