import { expect, test } from "vitest";
import { readCatalogue } from "#lib/catalogue/read-catalogue.ts";
import { root } from "#test/installation.ts";
import { cataloguePolicy } from "./catalogue-policy.ts";
import { compile } from "./compile.ts";
import { dangerOf, dangerousPermissions, dangersAdded } from "./danger.ts";
import type { PolicySource } from "./model.ts";

async function opened(name: string, change: (source: PolicySource) => PolicySource = (source) => source) {
  const catalogue = await readCatalogue(name, root);
  const policy = compile(change(cataloguePolicy(catalogue)));
  const of = (role: string) => dangerOf(policy, catalogue, role);
  return { catalogue, policy, of, dangerous: [...policy.roles.keys()].filter(of) };
}

test.each([
  ["patchmon", ["superadmin", "admin"]],
  ["uptrakit", ["settings_manager", "command_manager", "system_administrator"]],
  ["ops-atlas", ["ADMIN"]],
  ["utmstack", ["ADMINISTRATOR"]],
])("%s: what is marked, every superuser role, and what gives a dangerous permission", async (name, roles) => {
  expect((await opened(name)).dangerous).toEqual(roles);
});

test("it counts what comes through inheritance and with other permissions, but not a role that takes every right", async () => {
  const role = {
    rank: 1,
    superuser: false,
    except: [],
    blocking: false,
    inherits: [],
    grants: [],
    window: undefined,
    api: "full",
  } as const;
  const { of, policy, catalogue } = await opened("uptrakit", ({ permissions, roles, attributes }) => ({
    attributes,
    permissions: permissions.map((one) =>
      one.key === "deactivate_hosts" ? { ...one, implies: ["manage_commands"] } : one,
    ),
    roles: [
      ...roles,
      { ...role, key: "heir", inherits: ["command_manager"] },
      { ...role, key: "blocker", blocking: true, inherits: ["heir"] },
      { ...role, key: "roundabout", grants: [{ permission: "deactivate_hosts", limits: [] }] },
    ],
  }));
  expect(of("heir")).toEqual({ superuser: false, permissions: ["manage_commands"] });
  expect(of("roundabout")).toEqual({ superuser: false, permissions: ["manage_commands"] });
  expect([of("blocker"), of("viewer"), of("nobody")]).toEqual([undefined, undefined, undefined]);
  expect(dangersAdded(policy, catalogue, "viewer", ["deactivate_hosts"])).toEqual(["manage_commands"]);
  expect(dangersAdded(policy, catalogue, "heir", ["deactivate_hosts"])).toEqual([]);
  expect(dangersAdded(policy, catalogue, undefined, ["manage_users"])).toEqual(["manage_users"]);
});

test("the permission that lifts the no-escalation rule is dangerous, marked or not", async () => {
  const { catalogue } = await opened("patchmon");
  const permissions = catalogue.permissions.map((one) => ({ ...one, dangerous: false }));
  expect(dangerousPermissions({ ...catalogue, permissions })).toEqual(["can_manage_superusers"]);
});
