import { beforeAll, describe, expect, test } from "vitest";
import { describeLimit } from "#lib/access/index.ts";
import { readCatalogue } from "#lib/catalogue/read-catalogue.ts";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runQuery } from "#lib/kernel/operation.ts";
import { holdAs, join, organizationWithTeam } from "#test/assignments.ts";
import { openInstallation, root } from "#test/installation.ts";
import { callAs, customRole, type Person, person } from "#test/people.ts";
import { failure } from "#test/trail.ts";
import type { PermissionAnswer, Step } from "./answer.ts";
import { explainUserAccess } from "./explain-user-access.ts";

type Circumstances = Omit<Parameters<typeof explainUserAccess.run>[1], "user" | "values"> & {
  values: Record<string, string[]>;
};
const ask = (call: Call, user: { id: string }, more: Partial<Circumstances> = {}) =>
  runQuery(explainUserAccess, call, { user: user.id, ...more });

async function about(call: Call, user: Person, permission: string, more: Partial<Circumstances> = {}) {
  const { permission: found } = await ask(call, user, { ...more, permission });
  if (!found) throw new Error("There is no answer about the permission.");
  return found.answer;
}
/** Each step's kind, with which of the names it says. */
const named = (steps: Step[] | undefined, ...names: string[]) =>
  steps?.map(({ kind, text }) => [kind, ...names.filter((name) => text.includes(name))]);
/** How the console names the limit to somebody's teams. */
const inTeams = (...teams: string[]) =>
  describeLimit({ scope: "team", where: [] }, []) + (teams.length > 0 ? ` (${teams.join(", ")})` : "");
const heldOf = (groups: { permissions: PermissionAnswer[] }[]) =>
  groups
    .flatMap(({ permissions }) => permissions)
    .filter(({ answer }) => answer.effect !== "deny")
    .map(({ key }) => key);

describe("with the UTMStack catalogue", () => {
  let call: Call;
  let places: { organization: string; team: string };
  beforeAll(async () => {
    const close = await openInstallation("utmstack");
    call = await callAs(await person({ roles: ["ADMINISTRATOR"] }));
    places = await organizationWithTeam("Blue");
    return close;
  });

  test("T16: each permission has its way: assignment, role, base role, grant, limits, clock", async () => {
    const vera = await person({ roles: ["SECURITY_ANALYST"], username: "vera" });
    await join(vera, places);
    await database().assignment.updateMany({ where: { userId: vera.id }, data: { givenBy: "olivia" } });
    const full = await about(call, vera, "view_events");
    expect(full).toMatchObject({
      effect: "allow",
      words: expect.stringMatching(/vera.*View Events/),
      summary: "Security Analyst",
    });
    expect(named(full.paths[0], "Security Analyst", "olivia", "View Events")).toEqual([
      ["assignment", "Security Analyst", "olivia"],
      ["grant", "Security Analyst", "View Events"],
      ["limit"],
      ["clock"],
    ]);
    const limited = await about(call, vera, "modify_data");
    expect(limited).toMatchObject({
      effect: "limited",
      words: expect.stringMatching(/vera.*Modify Data/),
      limits: [inTeams("Blue")],
    });
    expect(limited.paths[0]?.find(({ kind }) => kind === "limit")?.text).toContain(inTeams());
  });

  test("T16: what a role inherits names the base role that grants it", async () => {
    const heir = await customRole("night_watch", []);
    const { id } = await database().role.findUniqueOrThrow({ where: { key: heir } });
    const base = await database().role.findUniqueOrThrow({ where: { key: "AUDITOR" } });
    await database().roleBase.create({ data: { roleId: id, baseId: base.id } });
    await database().policy.update({ where: { id: 1 }, data: { version: { increment: 1 } } });
    const fresh = await callAs(await person({ roles: ["ADMINISTRATOR"] }));
    const noah = await person({ roles: [heir] });
    const answer = await about(fresh, noah, "view_audit_logs");
    expect(answer.summary).toBe("Night watch → Auditor");
    expect(named(answer.paths[0], "Night watch", "Auditor", "View Audit Logs")).toEqual([
      ["assignment", "Night watch"],
      ["base", "Night watch", "Auditor"],
      ["grant", "Auditor", "View Audit Logs"],
      ["limit"],
      ["clock"],
    ]);
  });

  test("T05: of several roles the most generous limit wins, and is the one that is named", async () => {
    const both = await person({ roles: ["VIEWER"] });
    await join(both, places);
    expect(await about(call, both, "view_events")).toMatchObject({
      effect: "limited",
      limits: [
        expect.stringMatching(/Blue.*Severity.*medium.*Time.*30/),
        expect.stringMatching(/Severity.*medium.*Time.*30/),
      ],
    });
    const wider = await person({ roles: ["VIEWER", "AUDITOR"] });
    await join(wider, places);
    expect(await about(call, wider, "view_events")).toMatchObject({ effect: "allow", summary: "Auditor" });
  });

  test("T17: assignments that add nothing are named, with those that give all that they give", async () => {
    const both = await person({ roles: ["VIEWER", "AUDITOR", "SECURITY_ANALYST"] });
    const { redundant } = await ask(call, both);
    expect(redundant).toMatchObject([
      { label: "Viewer", because: [expect.stringMatching(/Auditor|Security Analyst/)] },
    ]);
    await holdAs(both, "AUDITOR", { end: new Date("2030-01-01T00:00Z") });
    await holdAs(both, "SECURITY_ANALYST", { end: new Date("2030-01-01T00:00Z") });
    expect((await ask(call, both)).redundant).toEqual([]);
    expect((await ask(call, await person({ roles: ["AUDITOR", "SECURITY_ANALYST"] }))).redundant).toEqual([]);
  });

  test("a resource decides; a denial names the limit and the part of it that failed", async () => {
    const viewer = await person({ roles: ["VIEWER"] });
    await join(viewer, places);
    const at = "2026-03-10T12:00Z";
    const event = (severity: string, more: object = {}) => ({
      at,
      team: places.team,
      values: { severity: [severity], occurred_at: ["2026-03-09T12:00"] },
      ...more,
    });
    expect((await about(call, viewer, "view_events", event("low"))).effect).toBe("allow");
    const refused = await about(call, viewer, "view_events", event("critical"));
    expect(refused).toMatchObject({ effect: "deny", limits: [], paths: [] });
    expect(refused.nearest[0]).toMatchObject({
      reason: "limit_failed",
      failed: "severity",
      words: expect.stringMatching(/^Viewer .*Severity.*medium.*Time.*30.*: Severity .*critical/),
    });
    const old = await about(call, viewer, "view_events", {
      ...event("low"),
      values: { severity: ["low"], occurred_at: ["2025-01-01T08:00"] },
    });
    expect(old.nearest[0]?.words).toMatch(/: Time is 1 Jan 2025, 08:00 UTC\.$/);
    const unknown = await about(call, viewer, "view_events", { at, team: places.team });
    expect(unknown.nearest[0]).toMatchObject({ reason: "limit_failed", failed: "severity", given: false });
    const other = await organizationWithTeam("Red");
    const elsewhere = await about(call, viewer, "view_events", event("low", { team: other.team }));
    expect(elsewhere.nearest).toMatchObject([
      { reason: "limit_failed", failed: "team", words: expect.stringContaining("Red") },
      { reason: "limit_failed", failed: "personal" },
    ]);
    const own = { team: undefined, own: true as const };
    expect((await about(call, viewer, "view_events", event("low", own))).effect).toBe("allow");
    const assigned = { team: undefined, assigned: true as const };
    expect((await about(call, viewer, "view_events", event("low", assigned))).effect).toBe("allow");
  });

  test("T16: outside the hours of the only role, the next opening is what is nearest", async () => {
    const day = await person({ roles: ["AUDITOR"] });
    const window = { days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00", timeZone: "Europe/Berlin" };
    await holdAs(day, "AUDITOR", { window });
    // A Saturday in March; Monday 08:00 in Berlin is 07:00 UTC.
    const closed = await about(call, day, "view_audit_logs", { at: "2026-03-14T12:00Z" });
    expect(closed).toMatchObject({
      effect: "deny",
      nearest: [
        {
          reason: "closed",
          words: expect.stringMatching(/^Auditor .*Mon–Fri 08:00–18:00 Europe\/Berlin/),
          begins: new Date("2026-03-16T07:00Z"),
        },
      ],
    });
    const open = await ask(call, day, { at: "2026-03-16T08:00", zone: "Europe/Berlin" });
    expect(open.held).toMatchObject([{ role: "AUDITOR", active: true }]);
    expect(heldOf(open.groups)).toContain("view_audit_logs");
  });

  test("an instant in the past or the future is asked with the clock of then", async () => {
    const guest = await person({ roles: ["VIEWER", "AUDITOR"] });
    const [start, end] = [new Date("2026-06-01T00:00Z"), new Date("2026-06-08T00:00Z")];
    await holdAs(guest, "AUDITOR", { start, end });
    const effectAt = async (at: string) => (await about(call, guest, "view_audit_logs", { at })).effect;
    expect(await effectAt("2026-05-31T23:59Z")).toBe("deny");
    expect(await effectAt("2026-06-01T00:00Z")).toBe("allow");
    expect(await effectAt("2026-06-08T00:00Z")).toBe("deny");
    const before = await about(call, guest, "view_audit_logs", { at: "2026-05-01T00:00Z" });
    expect(before.nearest).toMatchObject([{ reason: "before", begins: start }]);
    expect((await ask(call, guest, { at: "2026-06-02T00:00Z" })).at).toEqual(new Date("2026-06-02T00:00Z"));
    const refused = await failure(ask(call, guest, { at: "tomorrow" }));
    expect(refused).toMatchObject({ code: "invalid", fields: { at: [expect.any(String)] } });
  });

  test("somebody deactivated may do nothing, and it says so; an unknown permission or user too", async () => {
    const gone = await person({ roles: ["ADMINISTRATOR"], active: false });
    const access = await ask(call, gone);
    expect(heldOf(access.groups)).toEqual([]);
    expect(access).toMatchObject({ api: { words: "None" }, user: { active: false, you: false } });
    expect((await about(call, gone, "view_events")).reason).toBe("inactive");
    expect((await about(call, gone, "no_such_thing")).reason).toBe("unknown_permission");
    const nobody = { id: "00000000-0000-7000-8000-000000000000" };
    expect(await failure(ask(call, nobody))).toMatchObject({ code: "not_found" });
    expect(await failure(ask(call, { id: "1; drop table users" }))).toMatchObject({ code: "invalid" });
  });

  test("asking about a user takes the right to view users and the right to view roles", async () => {
    const target = await person({ roles: ["VIEWER"] });
    const rolesOnly = await callAs(
      await person({ roles: [await customRole("roles_only", ["manage_roles"])] }),
    );
    const usersOnly = await callAs(
      await person({ roles: [await customRole("users_only", ["manage_users"])] }),
    );
    for (const [asking, needs] of [
      [rolesOnly, "viewUsers"],
      [usersOnly, "viewRoles"],
    ] as const) {
      for (const user of [target, { id: "nonsense" }])
        expect(await failure(ask(asking, user))).toMatchObject({
          code: "forbidden",
          reason: "missing_capability",
          details: { needs },
          fields: {},
        });
    }
  });
});

describe("with the Uptrakit catalogue", () => {
  beforeAll(() => openInstallation("uptrakit"));

  test("U02: several roles give the union, each permission with a role that gives it", async () => {
    const catalogue = await readCatalogue("uptrakit", root);
    const roles = ["viewer", "operator", "service_manager"];
    const call = await callAs(await person({ roles: catalogue.firstUserRoles }));
    const access = await ask(call, await person({ roles }));
    const union = new Set(
      catalogue.roles
        .filter(({ key }) => roles.includes(key))
        .flatMap(({ grants }) => grants.map(({ permission }) => permission)),
    );
    expect(new Set(heldOf(access.groups))).toEqual(union);
    expect(union.size).toBe(10);
    expect(access.groups.reduce((sum, { held }) => sum + held, 0)).toBe(10);
    const labels = catalogue.roles.filter(({ key }) => roles.includes(key)).map(({ label }) => label);
    for (const { permissions } of access.groups)
      for (const { answer } of permissions)
        if (answer.effect === "allow") expect(labels).toContain(answer.summary);
  });
});

describe("with the PatchMon catalogue", () => {
  beforeAll(() => openInstallation());

  test("groups and order are the matrix's; a superuser role says what it leaves out", async () => {
    const call = await callAs(await person({ roles: ["superadmin"] }));
    const admin = await person({ roles: ["admin"] });
    const { groups } = await ask(call, admin);
    expect(groups.map(({ label, held, permissions }) => [label, `${held}/${permissions.length}`])).toEqual([
      ["Monitoring & Visibility", "5/5"],
      ["Host & Infrastructure", "3/3"],
      ["Operations", "5/5"],
      ["Administration", "6/7"],
    ]);
    const excepted = await about(call, admin, "can_manage_superusers");
    expect(excepted.reason).toBe("excepted");
    const billing = groups
      .flatMap((group) => group.permissions)
      .find(({ key }) => key === "can_manage_billing");
    expect(billing).toMatchObject({
      withoutEffect: expect.stringContaining("Billing"),
      answer: { effect: "allow" },
    });
    const host = await about(call, await person({ roles: ["host_manager"] }), "can_manage_users");
    expect(host).toMatchObject({ effect: "deny", reason: "not_granted", nearest: [] });
  });
});

describe("with the Rudder catalogue", () => {
  beforeAll(() => openInstallation("rudder"));

  test("a permission that another brings along names it; a role without rights blocks, and says so", async () => {
    const deploys = await customRole("deploys", ["rule_write"]);
    const fresh = await callAs(await person({ roles: ["administrator"] }));
    const answer = await about(fresh, await person({ roles: [deploys] }), "rule_read");
    const grant = answer.paths[0]?.find(({ kind }) => kind === "grant");
    expect(grant?.text).toMatch(/^Deploys .*rule write.*rule read/i);
    const { key: blocking } = await database().role.findFirstOrThrow({ where: { blocking: true } });
    const blocked = await about(fresh, await person({ roles: [deploys, blocking] }), "rule_write");
    expect(blocked).toMatchObject({ reason: "blocked", nearest: [{ reason: "blocked" }] });
  });
});
