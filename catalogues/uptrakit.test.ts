import { expect, test } from "vitest";
import { heldCapabilities } from "#lib/access/index.ts";
import { decided, groupsOf, held, holderOf, load, wellDescribed, written } from "./role-table.ts";

const uptrakit = await load("uptrakit");
const { catalogue, policy } = uptrakit;

// vi viewer, op operator, sv service_manager, sw software_manager, ho host_manager, se settings_manager,
// co command_manager, sy system_administrator
const shortNames: Record<string, string> = {
  vi: "viewer",
  op: "operator",
  sv: "service_manager",
  sw: "software_manager",
  ho: "host_manager",
  se: "settings_manager",
  co: "command_manager",
  sy: "system_administrator",
};
const everyRole = Object.values(shortNames);

const roleTable = written(
  `
                             vi op sv sw ho se co sy
    view_services             Y -  -  -  -  -  -  -
    approve_services          - Y  Y  -  -  -  -  -
    reject_services           - Y  Y  -  -  -  -  -
    remove_services           - -  Y  -  -  -  -  -
    update_services           - -  Y  -  -  -  -  -
    view_system_services      - -  -  -  -  -  -  Y
    approve_system_services   - -  -  -  -  -  -  Y
    reject_system_services    - -  -  -  -  -  -  Y
    remove_system_services    - -  -  -  -  -  -  Y
    update_system_services    - -  -  -  -  -  -  Y
    view_software             Y -  -  -  -  -  -  -
    create_software           - -  -  Y  -  -  -  -
    update_software           - -  -  Y  -  -  -  -
    delete_software           - -  -  Y  -  -  -  -
    trigger_checks            - Y  -  Y  -  -  -  -
    trigger_updates           - Y  -  Y  -  -  -  -
    manage_scheduler          - -  -  Y  -  -  -  -
    view_hosts                Y -  -  -  -  -  -  -
    update_hosts              - -  -  -  Y  -  -  -
    deactivate_hosts          - -  -  -  Y  -  -  -
    view_settings             Y -  -  -  -  -  -  -
    manage_auth_settings      - -  -  -  -  Y  -  -
    manage_enrollment_tokens  - -  -  -  -  Y  -  -
    manage_agent_certs        - -  -  -  -  Y  -  -
    manage_global_settings    - -  -  -  -  -  -  Y
    manage_commands           - -  -  -  -  -  Y  -
    view_notifications        - -  -  -  -  Y  -  -
    manage_notifications      - -  -  -  -  Y  -  -
    view_audit_logs           - -  -  -  -  Y  -  -
    view_system_audit_logs    - -  -  -  -  -  -  Y
    manage_users              - -  -  -  -  Y  -  -
    manage_ignores            - -  -  Y  -  -  -  -
  `.replace(/\b(vi|op|sv|sw|ho|se|co|sy)\b/g, (short) => shortNames[short] ?? short),
);

test("U01: 32 permissions in 8 built-in roles, each role exactly with its own", () => {
  expect(decided(uptrakit)).toEqual(roleTable);
  expect(catalogue.permissions).toHaveLength(32);
  expect(catalogue.roles.map(({ key }) => key)).toEqual(everyRole);
  expect(everyRole.map((role) => held(policy, role).length)).toEqual([4, 4, 4, 7, 2, 7, 1, 7]);
  expect(wellDescribed(catalogue)).toBe(true);
});

test("U02: several roles give the union of their permissions", () => {
  expect(catalogue.assignment).toBe("multiple");
  expect(held(policy, "viewer", "operator")).toEqual([
    "approve_services",
    "reject_services",
    "trigger_checks",
    "trigger_updates",
    "view_hosts",
    "view_services",
    "view_settings",
    "view_software",
  ]);
  // Roles that overlap count a shared permission once; together all eight hold exactly everything.
  expect(held(policy, "operator", "service_manager")).toHaveLength(6);
  expect(held(policy, ...everyRole)).toEqual(Object.keys(roleTable).sort());
});

test("the first user gets all 8 roles, those who follow viewer (data)", () => {
  expect(catalogue.firstUserRoles).toEqual(everyRole);
  expect(catalogue.newUserRoles).toEqual(["viewer"]);
});

test("the five access presets name their roles", () => {
  expect(Object.fromEntries(catalogue.presets.map(({ key, roles }) => [key, roles]))).toEqual({
    read_only: ["viewer"],
    operator: ["viewer", "operator"],
    manager: ["viewer", "service_manager", "software_manager", "host_manager"],
    administrator: [
      "viewer",
      "service_manager",
      "software_manager",
      "host_manager",
      "settings_manager",
      "command_manager",
    ],
    owner: everyRole,
  });
});

test("the administrator preset reaches what an operator may do, yet nothing of the infrastructure", () => {
  const administrator = held(
    policy,
    ...(catalogue.presets.find(({ key }) => key === "administrator")?.roles ?? []),
  );
  expect(administrator).toEqual(expect.arrayContaining(held(policy, "operator")));
  expect(administrator.filter((key) => held(policy, "system_administrator").includes(key))).toEqual([]);
});

test("ten groups hold 5, 5, 7, 3, 5, 1, 2, 2, 1 and 1 permissions", () => {
  expect(groupsOf(catalogue).map(({ label, permissions }) => [label, permissions.length])).toEqual([
    ["Services", 5],
    ["System services", 5],
    ["Software", 7],
    ["Hosts", 3],
    ["Settings", 5],
    ["Commands", 1],
    ["Notifications", 2],
    ["Audit logs", 2],
    ["User management", 1],
    ["Autodiscovery", 1],
  ]);
});

test("what amounts to root, to infrastructure control or to every right is marked as dangerous", () => {
  const dangerous = (items: readonly { key: string; dangerous: boolean }[]) =>
    items.filter((item) => item.dangerous).map(({ key }) => key);
  expect(dangerous(catalogue.roles)).toEqual(["command_manager", "system_administrator"]);
  expect(dangerous(catalogue.permissions)).toEqual([
    "manage_global_settings",
    "manage_commands",
    "manage_users",
  ]);
});

test("every role is locked, none can be added, and only settings_manager manages users", () => {
  expect(catalogue.roles.every(({ locked }) => locked)).toBe(true);
  expect(catalogue.customRoles.enabled).toBe(false);
  const managers = everyRole.filter((role) =>
    heldCapabilities(policy, catalogue.capabilities, holderOf(role), 0).includes("manageUsers"),
  );
  expect(managers).toEqual(["settings_manager"]);
});
