import { describe, expect, test } from "vitest";
import { cataloguePolicy, compile, decide, holds, rankOf } from "#lib/access/index.ts";
import { decided, groupsOf, held, holderOf, load, wellDescribed, written } from "./role-table.ts";

const patchmon = await load("patchmon");
const { catalogue, policy } = patchmon;
const at = Date.UTC(2026, 0, 15);

const roleTable = written(`
                              superadmin  admin  host_manager  user  readonly
  can_view_dashboard              Y         Y         Y          Y       Y
  can_view_hosts                  Y         Y         Y          Y       Y
  can_view_packages               Y         Y         Y          Y       Y
  can_view_reports                Y         Y         Y          Y       Y
  can_view_notification_logs      Y         Y         Y          Y       Y
  can_manage_hosts                Y         Y         Y          -       -
  can_manage_packages             Y         Y         Y          -       -
  can_manage_docker               Y         Y         Y          -       -
  can_manage_patching             Y         Y         Y          -       -
  can_manage_compliance           Y         Y         Y          -       -
  can_manage_alerts               Y         Y         Y          -       -
  can_manage_automation           Y         Y         Y          -       -
  can_use_remote_access           Y         Y         Y          -       -
  can_view_users                  Y         Y         -          -       -
  can_manage_users                Y         Y         -          -       -
  can_manage_superusers           Y         -         -          -       -
  can_manage_settings             Y         Y         -          -       -
  can_manage_notifications        Y         Y         -          -       -
  can_export_data                 Y         Y         -          Y       -
  can_manage_billing              Y         Y         -          -       -
`);

const monitoring = [
  "can_view_dashboard",
  "can_view_hosts",
  "can_view_packages",
  "can_view_reports",
  "can_view_notification_logs",
];
const infrastructure = ["can_manage_hosts", "can_manage_packages", "can_manage_docker"];
const operations = [
  "can_manage_patching",
  "can_manage_compliance",
  "can_manage_alerts",
  "can_manage_automation",
  "can_use_remote_access",
];
const administration = [
  "can_view_users",
  "can_manage_users",
  "can_manage_superusers",
  "can_manage_settings",
  "can_manage_notifications",
  "can_export_data",
  "can_manage_billing",
];

test("P02: the five built-in roles hold 20, 19, 13, 6 and 5 permissions, exactly those of the table", () => {
  expect(decided(patchmon)).toEqual(roleTable);
  const counts = catalogue.roles.map(({ key }) => [key, held(policy, key).length]);
  expect(counts).toEqual([
    ["superadmin", 20],
    ["admin", 19],
    ["host_manager", 13],
    ["user", 6],
    ["readonly", 5],
  ]);
});

test("P08: 20 permissions in four risk groups, each with key, label and description", () => {
  expect(groupsOf(catalogue)).toEqual([
    { label: "Monitoring & Visibility", risk: "low", permissions: monitoring },
    { label: "Host & Infrastructure", risk: "medium", permissions: infrastructure },
    { label: "Operations", risk: "medium-high", permissions: operations },
    { label: "Administration", risk: "high", permissions: administration },
  ]);
  expect(catalogue.permissions).toHaveLength(20);
  expect(wellDescribed(catalogue)).toBe(true);
});

test("billing is one of the 20 and hangs on a feature that is off (the data behind the matrix row)", () => {
  const billing = catalogue.permissions.find(({ key }) => key === "can_manage_billing");
  expect(billing).toMatchObject({ group: "administration", feature: "billing" });
  expect(catalogue.features).toEqual([{ key: "billing", label: "Billing", enabled: false }]);
  expect(decide(policy, holderOf("superadmin"), { permission: "can_manage_billing", at }).effect).toBe(
    "allow",
  );
});

test("P43: superadmin and admin hold their permissions whatever grants are stored for them", () => {
  const tampered = cataloguePolicy(catalogue);
  const emptied = compile({ ...tampered, roles: tampered.roles.map((role) => ({ ...role, grants: [] })) });
  expect(held(emptied, "superadmin")).toHaveLength(20);
  expect(held(emptied, "admin")).toEqual(
    held(policy, "superadmin").filter((key) => key !== "can_manage_superusers"),
  );
  expect(held(emptied, "readonly")).toEqual([]);

  const granted = [{ permission: "can_manage_superusers", limits: [] }];
  const added = compile({ ...tampered, roles: tampered.roles.map((role) => ({ ...role, grants: granted })) });
  expect(held(added, "admin")).not.toContain("can_manage_superusers");
});

describe("the rest of the catalogue", () => {
  test("ranks are 100, 90, 50, 20 and 10, and 30 for custom roles", () => {
    const ranks = catalogue.roles.map(({ key }) => [key, rankOf(policy, holderOf(key), at)]);
    expect(ranks).toEqual([
      ["superadmin", 100],
      ["admin", 90],
      ["host_manager", 50],
      ["user", 20],
      ["readonly", 10],
    ]);
    expect(catalogue.customRoles).toMatchObject({ enabled: true, rank: 30 });
  });

  test("superadmin, admin and user are locked; superadmin and admin are guarded and never empty", () => {
    const having = (flag: "locked" | "guarded" | "superuser") =>
      catalogue.roles.filter((role) => role[flag]).map(({ key }) => key);
    expect(having("locked")).toEqual(["superadmin", "admin", "user"]);
    expect(having("guarded")).toEqual(["superadmin", "admin"]);
    expect(having("superuser")).toEqual(["superadmin", "admin"]);
    expect(catalogue.neverEmpty).toEqual(["superadmin", "admin"]);
  });

  test("one role each: superadmin for the first user, user for those who follow", () => {
    expect(catalogue.assignment).toBe("single");
    expect(catalogue.firstUserRoles).toEqual(["superadmin"]);
    expect(catalogue.newUserRoles).toEqual(["user"]);
  });

  test("templates tick 5, 13, all and no permissions", () => {
    expect(catalogue.templates.map(({ label, permissions }) => [label, permissions])).toEqual([
      ["Read Only", monitoring],
      ["Operator", [...monitoring, ...infrastructure, ...operations]],
      ["Admin", "all"],
      ["Clear All", []],
    ]);
  });

  test("custom role names are lowercase letters, digits and underscores", () => {
    const pattern = new RegExp(catalogue.customRoles.keyPattern);
    expect(["patch_team", "team2", "a"].filter((name) => !pattern.test(name))).toEqual([]);
    expect(["Patch", "patch-team", "pätch", "", "a b"].filter((name) => pattern.test(name))).toEqual([]);
  });

  test("who opens what: settings and roles by can_manage_settings, users by their two permissions", () => {
    const capabilitiesOf = (role: string) =>
      (
        [
          "viewUsers",
          "manageUsers",
          "viewRoles",
          "manageRoles",
          "manageSuperusers",
          "grantBeyondOwn",
        ] as const
      ).filter((capability) => holds(policy, catalogue.capabilities, holderOf(role), capability, at));
    expect(capabilitiesOf("superadmin")).toHaveLength(6);
    expect(capabilitiesOf("admin")).toEqual(["viewUsers", "manageUsers", "viewRoles", "manageRoles"]);
    expect(capabilitiesOf("host_manager")).toEqual([]);
    expect(catalogue.capabilities).toMatchObject({
      viewUsers: "can_view_users",
      manageUsers: "can_manage_users",
      manageRoles: "can_manage_settings",
    });
  });

  test("the permission that lifts the no-escalation rule is shown as dangerous, and only that one", () => {
    const dangerous = catalogue.permissions
      .filter((permission) => permission.dangerous)
      .map(({ key }) => key);
    expect(dangerous).toEqual([catalogue.capabilities.grantBeyondOwn]);
    expect(dangerous).toEqual(["can_manage_superusers"]);
  });
});
