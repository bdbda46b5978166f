import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runQuery } from "#lib/kernel/operation.ts";
import { sayInEnvironment } from "#test/environment.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, customRole, person } from "#test/people.ts";
import { identify, noProviders, storeProvider } from "#test/sync.ts";
import { viewSyncOfRoles, viewSyncOfUsers } from "./index.ts";

beforeAll(() => openInstallation());
beforeEach(noProviders);
afterEach(() => sayInEnvironment());

const enough = {
  OIDC_ISSUER_URL: "https://login.example.com",
  OIDC_CLIENT_ID: "console",
  OIDC_CLIENT_SECRET: "hush",
  OIDC_SYNC_ROLES: "true",
};
const owner = async () => callAs(await person({ roles: ["superadmin"] }));
const linesOf = async () => {
  const sync = await runQuery(viewSyncOfRoles, await owner(), {});
  return sync?.providers.map(({ lines, otherwise }) => ({
    lines: lines.map(
      ({ from, value, role, stays }) => `${from}=${value ?? ""} ${role}${stays ? " stays" : ""}`,
    ),
    otherwise,
  }));
};

test("there is nothing to say while role sync is off", async () => {
  await storeProvider({ syncRoles: false });
  expect(await linesOf()).toBeUndefined();
});

test("P49: the five variables of PatchMon are named, set or not", async () => {
  const five = (set: Record<string, string> = {}) =>
    [
      ["SUPERADMIN", "Super Admin", " stays"],
      ["ADMIN", "Admin", " stays"],
      ["HOST_MANAGER", "Host manager", ""],
      ["USER", "User", ""],
      ["READONLY", "Readonly", ""],
    ].map(([key, label, stays]) => {
      const value = set[`OIDC_${key}_GROUP`];
      return `OIDC_${key}_GROUP=${value ?? ""} ${label}${value ? "" : stays}`;
    });
  sayInEnvironment(enough);
  expect(await linesOf()).toEqual([{ lines: five(), otherwise: undefined }]);
  const groups = { OIDC_SUPERADMIN_GROUP: "root", OIDC_READONLY_GROUP: "auditors" };
  sayInEnvironment({ ...enough, ...groups, OIDC_DEFAULT_ROLE: "readonly" });
  expect(await linesOf()).toEqual([{ lines: five(groups), otherwise: "Readonly" }]);
});

test("rules are named as claim, value and role, a role that is gone by its key", async () => {
  await customRole("night_watch", ["can_view_hosts"]);
  const rules = [
    { claim: "realm.roles", value: "ops", role: "night_watch" },
    { value: "ghosts", role: "ghost_hunter" },
  ];
  await storeProvider({ rules });
  const lines = ["realm.roles=ops Night watch", "groups=ghosts ghost_hunter"];
  expect(await linesOf()).toEqual([{ lines, otherwise: "User" }]);
});

test("who kept roles, and how many could not be read, is for those who manage users", async () => {
  const onlooker = await customRole("onlooker", ["can_view_users"]);
  const provider = await storeProvider();
  const kept = await person({ roles: ["admin"], username: "ada" });
  const silent = await person({ roles: ["user"] });
  for (const [who, syncOutcome] of [
    [kept, "last_holder"],
    [silent, "overage"],
  ] as const) {
    await identify(who, provider);
    await database().identity.updateMany({ where: { userId: who.id }, data: { syncOutcome } });
  }
  expect(await runQuery(viewSyncOfUsers, await owner(), {})).toMatchObject({ kept: ["ada"], unread: 1 });
  const looking = await person({ roles: [onlooker] });
  expect(await runQuery(viewSyncOfUsers, await callAs(looking), {})).toMatchObject({ kept: [], unread: 0 });
});
