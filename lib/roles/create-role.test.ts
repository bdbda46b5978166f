import { beforeAll, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, customRole, person, visitor } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { createRole } from "./create-role.ts";
import { roleChoices } from "./role-choices.ts";
import { addRoleChoices } from "./role-templates.ts";
import { viewMatrix } from "./view-matrix.ts";

const asAdmin = async () => callAs(await person({ roles: ["admin"] }));

describe("with the PatchMon catalogue", () => {
  beforeAll(() => openInstallation());

  test("a custom role has the name, the permissions and the rank of custom roles; the trail has them too", async () => {
    const call = await asAdmin();
    const input = {
      key: "patch_operator",
      description: "Nights.",
      grants: ["can_view_hosts", "can_manage_patching"],
    };
    expect(
      await runCommand(createRole, call, { ...input, rank: 100, builtIn: true, superuser: true }),
    ).toEqual({
      key: "patch_operator",
    });
    const role = await database().role.findUniqueOrThrow({
      where: { key: "patch_operator" },
      include: { grants: { orderBy: { permissionKey: "asc" } } },
    });
    expect(role).toMatchObject({ label: "Patch operator", description: "Nights.", rank: 30 });
    expect(role).toMatchObject({
      builtIn: false,
      locked: false,
      superuser: false,
      guarded: false,
      edited: false,
    });
    expect(role.grants.map(({ permissionKey, limits }) => [permissionKey, limits])).toEqual([
      ["can_manage_patching", []],
      ["can_view_hosts", []],
    ]);
    expect(await lastEvent()).toMatchObject({
      action: "add role",
      outcome: "done",
      actorId: call.actor.kind === "user" && call.actor.id,
      targetKind: "role",
      targetId: role.id,
      targetName: "patch_operator",
      before: null,
      after: input,
    });
  });

  test("P17: a new role is in the matrix and in every choice of roles at once", async () => {
    const call = await asAdmin();
    await runCommand(createRole, call, { key: "brand_new", grants: ["can_view_hosts"] });
    const { roles } = await runQuery(viewMatrix, await asAdmin(), {});
    const column = roles.find(({ key }) => key === "brand_new");
    expect(column).toMatchObject({ held: 1, total: 20, people: 0, cells: { can_view_hosts: { by: "own" } } });
    const choices = await runQuery(roleChoices, await asAdmin(), {});
    expect(choices.map(({ key }) => key)).toContain("brand_new");
  });

  test.each([
    "Patch",
    "patch-team",
    "pätch",
    "patch team",
    "patch.team",
    "",
    " ",
    "a".repeat(51),
    "a\0",
    "../x",
  ])("P13: %j is no name for a role", async (key) => {
    const fields = { key: [expect.any(String)] };
    await refused(
      createRole,
      await asAdmin(),
      { key, grants: [] },
      { code: "invalid", reason: expect.any(String), fields },
    );
  });

  test("P13: lowercase letters, digits and underscores are one", async () => {
    expect(await customRole("team_2", [])).toBe("team_2");
    expect(await customRole("a", [])).toBe("a");
  });

  test("a name that a role has is taken", async () => {
    const taken = {
      code: "conflict",
      reason: "role_name_taken",
      fields: { key: [expect.any(String)] },
    } as const;
    for (const key of ["admin", await customRole("taken_name", [])])
      await refused(createRole, await asAdmin(), { key, grants: [] }, taken);
  });

  test("one name, wanted by six at once, goes to one", async () => {
    const call = await asAdmin();
    const tries = Array.from({ length: 6 }, () =>
      runCommand(createRole, call, { key: "contested", grants: [] }),
    );
    const results = await Promise.allSettled(tries);
    const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason.reason] : []));
    expect(reasons).toEqual(Array(5).fill("role_name_taken"));
  });

  test("nobody makes a role with permissions that they do not hold", async () => {
    const beyond = {
      code: "forbidden",
      reason: "escalation",
      fields: { grants: [expect.any(String)] },
    } as const;
    const more = { key: "more", grants: ["can_view_hosts", "can_manage_superusers"] };
    const { message } = await refused(createRole, await asAdmin(), more, beyond);
    expect(message).toContain("can_manage_superusers");
    const role = await customRole("keeper", ["can_manage_settings", "can_view_hosts"]);
    const keeper = await callAs(await person({ roles: [role] }));
    await refused(createRole, keeper, { key: "more", grants: ["can_view_dashboard"] }, beyond);
    await runCommand(createRole, keeper, { key: "no_more", grants: ["can_view_hosts"] });
    const superadmin = await callAs(await person({ roles: ["superadmin"] }));
    await runCommand(createRole, superadmin, { ...more, confirmed: more.grants });
  });

  test("permissions that do not exist are refused", async () => {
    const unknown = {
      code: "invalid",
      reason: "unknown_permission",
      fields: { grants: [expect.any(String)] },
    } as const;
    const superadmin = await callAs(await person({ roles: ["superadmin"] }));
    await refused(createRole, superadmin, { key: "odd", grants: ["can_fly"] }, unknown);
    await refused(createRole, superadmin, { key: "odd", grants: ["constructor"] }, unknown);
    await refused(
      createRole,
      superadmin,
      { key: "odd", grants: [7] },
      { code: "invalid", reason: "invalid_input" },
    );
  });

  test("the templates tick what the actor may give, and no more", async () => {
    const ticked = (call: Awaited<ReturnType<typeof asAdmin>>) =>
      addRoleChoices(call.actor, call.at.getTime())?.templates.map(({ label, permissions }) => [
        label,
        permissions.length,
      ]);
    const counts = (admin: number) => [
      ["Read Only", 5],
      ["Operator", 13],
      ["Admin", admin],
      ["Clear All", 0],
    ];
    expect(ticked(await callAs(await person({ roles: ["superadmin"] })))).toEqual(counts(20));
    expect(ticked(await asAdmin())).toEqual(counts(19));
  });

  test("whoever may not manage roles is refused before anything is looked at", async () => {
    const call = await callAs(await person({ roles: ["host_manager"] }));
    await refused(createRole, call, { key: 7 }, { code: "forbidden", reason: "missing_capability" });
    await refused(createRole, visitor(), {}, { code: "unauthenticated", reason: "sign_in_required" });
  });
});

describe("with a catalogue that has no custom roles", () => {
  beforeAll(() => openInstallation("uptrakit"));

  test("P12: the server refuses, and says so before anybody tries", async () => {
    const call = await callAs(await person({ roles: ["settings_manager"] }));
    const off = {
      code: "forbidden",
      reason: "custom_roles_off",
    } as const;
    const { message } = await refused(createRole, call, { key: "mine", grants: [] }, off);
    expect(addRoleChoices(call.actor, call.at.getTime())?.unavailable).toBe(message);
  });
});
