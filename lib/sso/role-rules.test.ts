import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, type Person, person } from "#test/people.ts";
import { identify, noProviders, storeProvider } from "#test/sync.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { saveRules, switchProvider, switchSync, tryRules, viewDryRun, viewProvider } from "./index.ts";

let owner: Person;
let call: Call;
beforeAll(async () => {
  const close = await openInstallation();
  owner = await person({ roles: ["superadmin"] });
  return close;
});
beforeEach(async () => {
  await noProviders();
  await database().identity.deleteMany();
  await database().user.deleteMany({ where: { id: { not: owner.id } } });
  call = await callAs(owner);
});

const rule = (value: string, role: string, claim = "groups") => ({ claim, value, role });
const form = (version: number, ...rules: ReturnType<typeof rule>[]) => ({ slug: "company", version, rules });
const lesser = async () => callAs(await person({ roles: ["admin"] }));

test("rules are kept in their order, with a row in the trail", async () => {
  await storeProvider({ syncRoles: false });
  const rules = [rule("it-admins", "host_manager"), rule("everybody", "readonly", "realm_access.roles")];
  await runCommand(saveRules, call, form(1, ...rules));
  expect((await runQuery(viewProvider, call, { slug: "company" })).rules).toEqual(rules);
  expect(await lastEvent()).toMatchObject({
    ...{ action: "save role rules", targetKind: "identity provider", targetName: "Company login" },
    ...{ before: { rules: [] }, after: { rules } },
  });
  await refused(saveRules, call, form(1), { code: "conflict", reason: "edit_conflict" });
  const blank = { code: "invalid", reason: "invalid_input" } as const;
  const { fields } = await refused(saveRules, call, form(2, ...rules, rule("", "", "")), blank);
  expect(Object.keys(fields).sort()).toEqual(["rules.2.claim", "rules.2.role", "rules.2.value"]);
});

describe("nobody lets a rule give what they could not give themselves", () => {
  beforeEach(() =>
    storeProvider({ syncRoles: false, rules: [rule("a", "readonly"), rule("b", "superadmin")] }),
  );
  const guarded = { code: "forbidden", reason: "guarded_role" } as const;

  test("in a new rule, or in one that is changed", async () => {
    const admin = await lesser();
    const both = [rule("a", "readonly"), rule("b", "superadmin")];
    await refused(saveRules, admin, form(1, ...both, rule("c", "superadmin")), guarded);
    await refused(saveRules, admin, form(1, rule("a", "readonly"), rule("mine", "superadmin")), guarded);
    await runCommand(saveRules, admin, form(1, ...both, rule("c", "user")));
  });

  test("by clearing the way for one, where the first that fits counts", async () => {
    const admin = await lesser();
    await refused(saveRules, admin, form(1, rule("b", "superadmin"), rule("a", "readonly")), guarded);
    await refused(saveRules, admin, form(1, rule("b", "superadmin")), guarded);
    await refused(saveRules, admin, form(1, rule("z", "readonly"), rule("b", "superadmin")), guarded);
    // Pushing it further down gives nobody anything.
    await runCommand(
      saveRules,
      admin,
      form(1, rule("z", "user"), rule("a", "readonly"), rule("b", "superadmin")),
    );
  });

  test("nor takes a guarded role from people by taking its rule away", async () => {
    await refused(saveRules, await lesser(), form(1, rule("a", "readonly")), guarded);
  });

  test("and a dangerous one is confirmed", async () => {
    const more = [rule("a", "readonly"), rule("b", "superadmin"), rule("c", "superadmin")];
    const asked = { code: "invalid", reason: "confirmation_required" } as const;
    await refused(saveRules, call, form(1, ...more), asked);
    await runCommand(saveRules, call, { ...form(1, ...more), confirmed: ["superadmin"] });
    const gone = { code: "invalid", reason: "role_not_found" } as const;
    await refused(saveRules, call, { ...form(2, ...more, rule("d", "long_gone")) }, gone);
  });
});

test("P49: rules of the environment come first, with their variable, and are not written here", async () => {
  await storeProvider({ slug: "oidc", syncRoles: false, rules: [rule("old", "admin"), rule("x", "user")] });
  const { oidc } = env();
  env().oidc = { ...oidc, groups: { OIDC_ADMIN_GROUP: "the-admins" } };
  try {
    const view = await runQuery(viewProvider, call, { slug: "oidc" });
    expect(view).toMatchObject({
      fixedRules: [{ ...rule("the-admins", "admin"), variable: "OIDC_ADMIN_GROUP" }],
      rules: [rule("x", "user")],
      overruled: [rule("old", "admin")],
    });
    const sent = { slug: "oidc", version: 1, rules: [rule("mine", "admin")] };
    const fixed = { code: "conflict", reason: "fixed_by_environment" } as const;
    const { fields } = await refused(saveRules, call, sent, fixed);
    expect(Object.keys(fields)).toEqual(["rules.0.role"]);
    await runCommand(saveRules, call, { ...sent, rules: [rule("y", "readonly")] });
    const row = await database().identityProvider.findUniqueOrThrow({ where: { slug: "oidc" } });
    expect(row.rules).toEqual([rule("y", "readonly"), rule("old", "admin")]);
  } finally {
    env().oidc = oidc;
  }
});

describe("trying rules", () => {
  const tried = async (rules: object[], against: string) =>
    (await runQuery(tryRules, call, { slug: "company", rules, against })).tried;

  test("what stands in the form is tried on somebody who is known, saved or not", async () => {
    await storeProvider({ syncRoles: false, settings: { defaultRole: "user" } });
    const jane = await person({ roles: ["user"], username: "jane" });
    await identify(jane, { slug: "company" }, { groups: ["IT-Admins", "all"] });
    const { id } = await database().identity.findFirstOrThrow({ where: { userId: jane.id } });
    const rules = [rule("all", "readonly"), rule("it-admins", "admin")];
    expect(await tried(rules, id)).toMatchObject({
      ...{ who: "jane", roles: [{ key: "readonly" }], by: [rules[0]], byDefault: false, skipped: 0 },
    });
    expect(await tried([{ claim: "groups", value: "", role: "" }], id)).toMatchObject({
      ...{ roles: [{ key: "user" }], byDefault: true, skipped: 1 },
    });
    expect(await tried([rule("x", "admin", "roles")], id)).toMatchObject({
      unread: { why: "claim_missing", claim: "roles" },
    });
    expect(await database().auditEvent.count({ where: { action: "view what rules make of claims" } })).toBe(
      0,
    );
  });

  test("people of another provider are not there to be tried", async () => {
    await storeProvider({ syncRoles: false });
    await identify(owner, { slug: "other" });
    const { id } = await database().identity.findFirstOrThrow();
    await expect(tried([], id)).rejects.toMatchObject({ reason: "claims_not_found" });
    await expect(tried([], "test")).rejects.toMatchObject({ reason: "claims_not_found" });
  });
});

describe("role sync", () => {
  const brake = { code: "conflict", reason: "sync_brake" } as const;

  test("the dry run says who would gain and lose, and changes nothing", async () => {
    await storeProvider({
      syncRoles: false,
      rules: [rule("it", "admin")],
      settings: { defaultRole: "user" },
    });
    const gains = await person({ roles: ["user"], username: "gains" });
    await identify(gains, { slug: "company" }, { groups: ["it"] });
    const loses = await person({ roles: ["host_manager"], username: "loses" });
    await identify(loses, { slug: "company" }, { groups: [] });
    const unread = await person({ roles: ["user"], username: "unread" });
    await identify(unread, { slug: "company" }, {});
    const run = await runQuery(viewDryRun, call, { slug: "company" });
    expect(run).toMatchObject({ known: 3, unknown: 1, named: true, labels: { admin: "Admin" } });
    expect(run.rows.map(({ username }) => username)).toEqual(["gains", "loses", "unread"]);
    const losing = await runQuery(viewDryRun, call, { slug: "company", show: "loses" });
    expect(losing.rows).toMatchObject([
      { username: "gains" },
      { username: "loses", loses: ["host_manager"] },
    ]);
  });

  test("U11: the brake holds a switch-on, rules and a provider that would take the last administrators' roles", async () => {
    await storeProvider({ syncRoles: false, rules: [rule("it", "user")] });
    await identify(owner, { slug: "company" }, { groups: ["it"] });
    await database().role.updateMany({ where: { key: "superadmin" }, data: { guarded: false } });
    try {
      await refused(switchSync, call, { slug: "company", version: 1, on: true }, brake);
      const saved = { ...form(1, rule("it", "superadmin")), confirmed: ["superadmin"] };
      await runCommand(saveRules, call, saved);
      await runCommand(switchSync, await callAs(owner), { slug: "company", version: 2, on: true });
      expect(await lastEvent()).toMatchObject({
        ...{ action: "switch role sync", before: { syncRoles: false }, after: { syncRoles: true } },
      });
      call = await callAs(owner);
      await refused(saveRules, call, form(3, rule("it", "user")), brake);
      await runCommand(switchProvider, call, { slug: "company", version: 3, on: false });
      await runCommand(saveRules, call, form(4, rule("it", "user")));
      await refused(switchProvider, call, { slug: "company", version: 5, on: true }, brake);
      await runCommand(switchSync, call, { slug: "company", version: 5, on: false });
      await runCommand(switchProvider, call, { slug: "company", version: 6, on: true });
    } finally {
      await database().role.updateMany({ where: { key: "superadmin" }, data: { guarded: true } });
    }
  });

  test("without a rule there is nothing to follow, and what the environment says stays", async () => {
    await storeProvider({ syncRoles: false });
    const on = { slug: "company", version: 1, on: true };
    await refused(switchSync, call, on, { code: "conflict", reason: "no_rules" });
    await storeProvider({ slug: "oidc", syncRoles: false, rules: [rule("it", "user")] });
    const { oidc } = env();
    env().oidc = { ...oidc, syncRoles: false };
    try {
      const fixed = { code: "conflict", reason: "fixed_by_environment", message: /OIDC_SYNC_ROLES/ } as const;
      await refused(switchSync, call, { ...on, slug: "oidc" }, fixed);
    } finally {
      env().oidc = oidc;
    }
  });
});
