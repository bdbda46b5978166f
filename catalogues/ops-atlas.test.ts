import { expect, test } from "vitest";
import { rankOf } from "#lib/access/index.ts";
import { decided, holderOf, load, wellDescribed, written } from "./role-table.ts";

const opsAtlas = await load("ops-atlas");
const { catalogue, policy } = opsAtlas;

const roleTable = written(`
                       ADMIN  OPERATOR  VIEWER
  dashboard.view         Y       Y        Y
  containers.operate     Y       Y        -
  services.deploy        Y       Y        -
  env_vars.manage        Y       Y        -
  users.manage           Y       -        -
  settings.change        Y       -        -
  audit.view             Y       -        -
`);

test("O01: ADMIN, OPERATOR and VIEWER follow the table of 7 capabilities; new users are VIEWER", () => {
  expect(decided(opsAtlas)).toEqual(roleTable);
  expect(catalogue.assignment).toBe("single");
  expect(catalogue.newUserRoles).toEqual(["VIEWER"]);
  expect(catalogue.permissions.map(({ label }) => label)).toEqual([
    "View dashboard & containers",
    "Start / stop / restart containers",
    "Deploy services",
    "Manage environment variables",
    "Manage users",
    "Change system settings",
    "View audit log",
  ]);
  expect(wellDescribed(catalogue)).toBe(true);
});

test("the three roles are fixed and ranked ADMIN over OPERATOR over VIEWER", () => {
  expect(["ADMIN", "OPERATOR", "VIEWER"].map((role) => rankOf(policy, holderOf(role), 0))).toEqual([3, 2, 1]);
  expect(catalogue.roles.every(({ locked }) => locked)).toBe(true);
  expect(catalogue.customRoles.enabled).toBe(false);
  expect(catalogue.firstUserRoles).toEqual(["ADMIN"]);
  expect(catalogue.neverEmpty).toEqual(["ADMIN"]);
});
