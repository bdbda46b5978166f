import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { heldRows } from "#lib/assignments/index.ts";
import { systemCall } from "#lib/kernel/call.ts";
import { database, lockAccess } from "#lib/kernel/database.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { type Claims, type Provider, providersOf, type Unread } from "#lib/providers/index.ts";
import { holdAs } from "#test/assignments.ts";
import { sayInEnvironment } from "#test/environment.ts";
import { openInstallation } from "#test/installation.ts";
import { callWith, nextInstant, type Person, person, rolesOf, signedIn } from "#test/people.ts";
import { identify, noProviders, storeProvider } from "#test/sync.ts";
import { syncRoles } from "./index.ts";

/** What a sign-in does about roles, between finding the account and starting the session. */
async function sync({ id: userId, username }: Person, provider: Provider, claims: Claims, unread?: Unread) {
  const call = systemCall("single sign-on", nextInstant());
  return database().$transaction(async (tx) => {
    await lockAccess(tx);
    const held = await heldRows(tx, userId, call.at);
    const access = await currentPolicy(tx);
    const syncing = { provider, providers: await providersOf(tx), access, source: "idp" as const };
    return (await syncRoles(tx, call, syncing, [{ userId, username, claims, unread, held }])).get(userId);
  });
}
const groups = (...names: string[]) => ({ groups: names });
const trail = () =>
  database().auditEvent.findFirst({
    where: { action: "sync roles" },
    orderBy: [{ at: "desc" }, { id: "desc" }],
  });
const outcomeOf = async ({ id }: Person) =>
  (await database().identity.findFirst({ where: { userId: id } }))?.syncOutcome;
const held = ({ id }: Person) =>
  database().assignment.findMany({
    where: { userId: id },
    select: { source: true, givenBy: true, endsAt: true, role: { select: { key: true } } },
    orderBy: { role: { key: "asc" } },
  });
beforeEach(noProviders);

describe("with the PatchMon catalogue", () => {
  let superadmin: Person;
  beforeAll(async () => {
    const close = await openInstallation();
    superadmin = await person({ roles: ["superadmin"] });
    return close;
  });
  const rules = [
    { value: "hosts", role: "host_manager" },
    { value: "readers", role: "readonly" },
    { value: "people", role: "user" },
  ];

  test("P50: each sign-in works the role out from the groups; a lost group loses the role", async () => {
    const provider = await storeProvider({ rules });
    const one = await person({ roles: ["user"] });
    await identify(one, provider);
    const token = await signedIn(one);
    expect(await sync(one, provider, groups("Hosts", "people"))).toEqual({
      outcome: "changed",
      added: ["host_manager"],
      removed: ["user"],
    });
    expect(await held(one)).toEqual([
      { source: "idp", givenBy: "Company login", endsAt: null, role: { key: "host_manager" } },
    ]);
    expect((await callWith(token)).actor.kind).toBe("anonymous");
    expect(await trail()).toMatchObject({
      outcome: "done",
      targetId: one.id,
      before: { roles: ["user"] },
      after: { roles: ["host_manager"], provider: "Company login" },
    });
    expect(await outcomeOf(one)).toBe("changed");

    const again = await signedIn(one);
    expect(await sync(one, provider, groups("hosts"))).toMatchObject({ outcome: "unchanged" });
    expect((await callWith(again)).actor.kind).toBe("user");
    expect(await sync(one, provider, groups("people"))).toMatchObject({ added: ["user"] });
    expect(await sync(one, provider, groups())).toMatchObject({ outcome: "unchanged" });
    expect(await rolesOf(one)).toEqual(["user"]);
  });

  test("P50: of several groups that the environment names the highest role counts, and readonly beats user", async () => {
    const said = {
      OIDC_ISSUER_URL: "https://login.example.com",
      OIDC_CLIENT_ID: "b",
      OIDC_CLIENT_SECRET: "s",
    };
    const named = {
      OIDC_USER_GROUP: "staff",
      OIDC_READONLY_GROUP: "auditors",
      OIDC_HOST_MANAGER_GROUP: "hosts",
    };
    sayInEnvironment({ ...said, ...named, OIDC_SYNC_ROLES: "true" });
    const [provider] = await providersOf(database());
    sayInEnvironment();
    if (!provider) expect.fail("the environment makes a provider");
    const one = await person({ roles: ["user"] });
    expect(await sync(one, provider, groups("staff", "AUDITORS"))).toMatchObject({ added: ["readonly"] });
    expect(await sync(one, provider, groups("staff", "auditors", "hosts"))).toMatchObject({
      added: ["host_manager"],
    });
    expect(await sync(one, provider, groups("staff"))).toMatchObject({ added: ["user"] });
  });

  test("a role given here that the provider gives as well is the provider's from then on", async () => {
    const provider = await storeProvider({ rules });
    const one = await person({ roles: ["host_manager"] });
    const token = await signedIn(one);
    expect(await sync(one, provider, groups("hosts"))).toMatchObject({ outcome: "unchanged" });
    expect(await held(one)).toMatchObject([{ source: "idp", givenBy: "Company login" }]);
    expect((await callWith(token)).actor.kind).toBe("user");
  });

  test("what the provider gives has no end, even where it was given with one here", async () => {
    const provider = await storeProvider({ rules });
    const one = await person({ roles: ["host_manager"] });
    await holdAs(one, "host_manager", { end: new Date(Date.now() + 86_400_000) });
    expect(await sync(one, provider, groups("hosts"))).toEqual({
      outcome: "changed",
      added: [],
      removed: [],
    });
    expect(await held(one)).toMatchObject([{ endsAt: null, source: "idp" }]);
  });

  test.each([
    ["claim_missing", {}, undefined],
    ["claim_missing", { groups: null }, undefined],
    ["overage", { _claim_names: { groups: "src1" } }, undefined],
    ["overage", { hasgroups: true }, undefined],
    ["userinfo_failed", { groups: [] }, "userinfo_failed"],
  ] as const)(
    "%s is never read as no groups: roles stay, and the sync says so",
    async (why, claims, unread) => {
      const provider = await storeProvider({ rules });
      const one = await person({ roles: ["host_manager"] });
      await identify(one, provider);
      const token = await signedIn(one);
      expect(await sync(one, provider, claims, unread)).toEqual({ outcome: why, added: [], removed: [] });
      expect(await rolesOf(one)).toEqual(["host_manager"]);
      expect((await callWith(token)).actor.kind).toBe("user");
      expect(await outcomeOf(one)).toBe(why);
      expect(await trail()).toMatchObject({ outcome: "refused", reason: why, targetId: one.id });
    },
  );

  test("while no group makes superadmins, superadmins stay what they are", async () => {
    const provider = await storeProvider({ rules });
    await person({ roles: ["superadmin"] });
    expect(await sync(superadmin, provider, groups("hosts"))).toMatchObject({ outcome: "unchanged" });
    expect(await held(superadmin)).toMatchObject([{ role: { key: "superadmin" }, source: "local" }]);
    const withGroup = await storeProvider({ rules: [{ value: "supers", role: "superadmin" }, ...rules] });
    const second = await person({ roles: ["superadmin"] });
    expect(await sync(second, withGroup, groups("hosts"))).toMatchObject({ removed: ["superadmin"] });
  });

  test("a guarded role gives way to a higher one, and belongs to any provider that gives it", async () => {
    const provider = await storeProvider({ rules: [{ value: "supers", role: "superadmin" }, ...rules] });
    const admin = await person({ roles: ["admin"] });
    expect(await sync(admin, provider, groups("supers"))).toMatchObject({ added: ["superadmin"] });
    await storeProvider({ slug: "other", rules: [{ value: "admins", role: "admin" }] });
    const another = await person({ roles: ["admin"] });
    expect(await sync(another, provider, groups("hosts"))).toMatchObject({ removed: ["admin"] });
  });

  test("U11: a sign-in that would leave nobody to manage users keeps the roles, and the trail says so", async () => {
    const provider = await storeProvider({
      rules: [{ value: "supers", role: "superadmin" }, { value: "admins", role: "admin" }, ...rules],
    });
    const others = { id: { not: superadmin.id } };
    await database().user.updateMany({ where: others, data: { active: false } });
    await identify(superadmin, provider);
    const token = await signedIn(superadmin);
    const kept = { outcome: "last_holder", added: [], removed: [] };
    expect(await sync(superadmin, provider, groups("hosts"))).toEqual(kept);
    expect(await held(superadmin)).toMatchObject([{ role: { key: "superadmin" }, source: "local" }]);
    expect((await callWith(token)).actor.kind).toBe("user");
    expect(await outcomeOf(superadmin)).toBe("last_holder");
    expect(await trail()).toMatchObject({ outcome: "refused", targetId: superadmin.id });
    expect((await trail())?.reason).toMatch(/last_holder|never_empty/);
    // Nor does the catalogue's own list of roles that may not run empty give way.
    expect(await sync(superadmin, provider, groups("admins"))).toEqual(kept);
    expect((await trail())?.reason).toBe("never_empty");
    await database().user.updateMany({ where: others, data: { active: true } });
  });

  test("two last administrators who lose it at the same moment: one keeps it", async () => {
    const provider = await storeProvider({ rules: [{ value: "supers", role: "superadmin" }, ...rules] });
    const others = await database().user.findMany({ where: { active: true }, select: { id: true } });
    const pair = [await person({ roles: ["superadmin"] }), await person({ roles: ["superadmin"] })];
    const ids = { id: { in: others.map(({ id }) => id) } };
    await database().user.updateMany({ where: ids, data: { active: false } });
    const results = await Promise.all(pair.map((one) => sync(one, provider, groups("hosts"))));
    expect(results.map((result) => result?.outcome).sort()).toEqual(["changed", "last_holder"]);
    expect((await Promise.all(pair.map(rolesOf))).flat().sort()).toEqual(["host_manager", "superadmin"]);
    await database().user.updateMany({ where: ids, data: { active: true } });
  });

  test("a rule for a role that is gone is passed over and named; without any other nothing is synced", async () => {
    const gone = { value: "ghosts", role: "ghost_hunter" };
    const provider = await storeProvider({ rules: [gone, ...rules] });
    const one = await person({ roles: ["user"] });
    expect(await sync(one, provider, groups("ghosts", "hosts"))).toMatchObject({ added: ["host_manager"] });
    expect(await trail()).toMatchObject({ after: { gone: ["ghost_hunter"] } });
    const bare = await storeProvider({ rules: [gone] });
    expect(await sync(one, bare, groups("ghosts"))).toMatchObject({ outcome: "no_sync" });
    expect(await rolesOf(one)).toEqual(["host_manager"]);
  });

  test("whoever no rule fits gets the provider's default role, one that is there", async () => {
    const one = await person({ roles: ["user"] });
    const withDefault = await storeProvider({ rules, settings: { defaultRole: "readonly" } });
    expect(await sync(one, withDefault, groups())).toMatchObject({ added: ["readonly"] });
    const withGone = await storeProvider({ rules, settings: { defaultRole: "ghost_hunter" } });
    expect(await sync(one, withGone, groups())).toMatchObject({ added: ["user"] });
    expect(await trail()).toMatchObject({ after: { gone: ["ghost_hunter"] } });
  });

  test("P51: with sync off a sign-in changes no roles, and what a provider gave is edited here", async () => {
    const synced = await storeProvider({ rules });
    const one = await person({ roles: ["user"] });
    await sync(one, synced, groups("hosts"));
    const provider = await storeProvider({ rules, syncRoles: false });
    expect(await sync(one, provider, groups("people"))).toMatchObject({ outcome: "no_sync" });
    expect(await rolesOf(one)).toEqual(["host_manager"]);
  });
});

describe("with the Uptrakit catalogue", () => {
  beforeAll(() => openInstallation("uptrakit"));

  test("P50: several rules make several roles; temporary access is left to its own end", async () => {
    await person({ roles: ["system_administrator"] });
    const provider = await storeProvider({
      rules: [
        { value: "people", role: "system_administrator" },
        { value: "settings", role: "settings_manager" },
      ],
    });
    const one = await person({ roles: ["viewer"] });
    const temporary = { source: "elevation", endsAt: new Date(Date.now() + 86_400_000) };
    await database().assignment.updateMany({ where: { userId: one.id }, data: temporary });
    const added = ["system_administrator", "settings_manager"];
    expect(await sync(one, provider, groups("settings", "people"))).toMatchObject({ added, removed: [] });
    expect(await rolesOf(one)).toEqual(["settings_manager", "system_administrator", "viewer"]);
    expect(await sync(one, provider, groups("settings"))).toMatchObject({
      removed: ["system_administrator"],
    });
    expect(await rolesOf(one)).toEqual(["settings_manager", "viewer"]);
  });
});
