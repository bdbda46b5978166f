import { beforeAll, describe, expect, test } from "vitest";
import {
  apiReach,
  type Condition,
  decide,
  type Limit,
  permitsCall,
  type Resource,
} from "#lib/access/index.ts";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { joins, organization } from "#test/organizations.ts";
import { callAs, callWith, customRole, nextInstant, person, signedIn } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { createRole } from "./create-role.ts";
import { deleteRole } from "./delete-role.ts";
import { editRole } from "./edit-role.ts";
import { viewMatrix } from "./view-matrix.ts";
import { viewRole } from "./view-role.ts";

const owner = async () => callAs(await person({ roles: ["ADMINISTRATOR"] }));
let count = 0;
const roleWith = (...grants: string[]) => customRole(`part_${++count}`, grants);
const versionOf = async (key: string) =>
  (await database().role.findUniqueOrThrow({ where: { key }, select: { version: true } })).version;
const change = async (role: string, input: object, call?: Call) =>
  runCommand(editRole, call ?? (await owner()), { role, version: await versionOf(role), ...input });
const limitsOf = async (key: string, permissionKey: string) =>
  (
    await database().grant.findFirstOrThrow({
      where: { role: { key }, permissionKey },
      select: { limits: true },
    })
  ).limits;

/** What somebody may do with something, at a time: the answer of the engine for their next request. */
async function may(token: string, permission: string, resource?: Resource, at?: number) {
  const { actor, at: now } = await callWith(token);
  if (actor.kind !== "user") return "nobody";
  const question = { permission, resource, at: at ?? now.getTime() };
  return decide(actor.access.policy, actor.subject, question).effect;
}

beforeAll(async () => {
  const close = await openInstallation("utmstack");
  const at = nextInstant();
  for (const [attribute, keys] of [
    ["data_source", ["fw-oslo", "fw-delft", "m365"]],
    ["asset_group", ["servers", "laptops"]],
  ] as const)
    await database().managedValue.createMany({
      data: keys.map((key) => ({ attribute, key, label: key.toUpperCase(), createdAt: at })),
    });
  await database().valueGroup.create({
    data: {
      attribute: "data_source",
      key: "eu-firewalls",
      label: "EU firewalls",
      createdAt: at,
      updatedAt: at,
      members: { create: ["fw-oslo", "fw-delft"].map((valueKey) => ({ valueKey })) },
    },
    select: { key: true },
  });
  return close;
});

const inGroup: Condition = { attribute: "data_source", test: "inGroup", values: ["eu-firewalls"] };
const severe: Condition = { attribute: "severity", test: "in", values: ["high", "critical"] };
const recent: Condition = { attribute: "occurred_at", test: "withinDays", value: 30 };
const servers: Condition = { attribute: "asset_group", test: "in", values: ["servers"] };

describe("limits", () => {
  test("T03: data source, severity, time range, asset group and scope are stored by the editor and all of them decide", async () => {
    const role = await roleWith();
    const holder = await person({ roles: [role] });
    const { id, teams } = await organization(["Blue", "Red"]);
    await joins(holder, id, teams.Blue);
    const token = await signedIn(holder);
    const limits: Limit[] = [{ scope: "team", where: [inGroup, severe, recent, servers] }];
    await change(role, { limit: [JSON.stringify({ permission: "view_events", limits })] });
    expect(await limitsOf(role, "view_events")).toEqual(limits);
    expect(await lastEvent()).toMatchObject({
      action: "edit role",
      targetName: role,
      before: { grants: [] },
      after: { grants: ["view_events"], added: ["view_events"], limits: { view_events: limits } },
    });

    const at = nextInstant().getTime();
    const fitting = {
      data_source: "fw-oslo",
      severity: "high",
      occurred_at: at - 86_400_000,
      asset_group: "servers",
    };
    const event = (other: object = {}, team = teams.Blue) => ({
      team,
      attributes: { ...fitting, ...other },
    });
    expect(await may(token, "view_events")).toBe("limited");
    expect(await may(token, "view_events", event())).toBe("allow");
    for (const other of [
      { data_source: "m365" },
      { severity: "medium" },
      { occurred_at: at - 31 * 86_400_000 },
      { asset_group: "laptops" },
    ])
      expect(await may(token, "view_events", event(other)), JSON.stringify(other)).toBe("deny");
    expect(await may(token, "view_events", event({}, teams.Red))).toBe("deny");
    expect(await may(token, "view_events", { team: teams.Blue, attributes: { severity: "high" } })).toBe(
      "deny",
    );
  });

  test("T02: each access level is stored as a scope and reaches what it says", async () => {
    const role = await roleWith("view_events");
    const holder = await person({ roles: [role] });
    const { id, teams } = await organization(["Blue"]);
    await joins(holder, id, teams.Blue);
    const token = await signedIn(holder);
    const things = {
      elsewhere: {},
      organization: { organization: id },
      team: { team: teams.Blue },
      personal: { owner: holder.id },
    };
    for (const scope of ["organization", "team", "personal", "global"] as const) {
      const limits = scope === "global" ? [] : [{ scope, where: [] }];
      await change(role, { limit: [{ permission: "view_events", limits }] });
      for (const [what, thing] of Object.entries(things))
        expect(await may(token, "view_events", thing), `${scope}: ${what}`).toBe(
          scope === "global" || what === scope ? "allow" : "deny",
        );
    }
  });

  test("T08: all data sources, selected ones, or groups of them, which may change", async () => {
    const role = await roleWith("view_events");
    const token = await signedIn(await person({ roles: [role] }));
    const reached = async () => {
      const found: string[] = [];
      for (const source of ["fw-oslo", "fw-delft", "m365"]) {
        const event = { attributes: { data_source: source } };
        if ((await may(token, "view_events", event)) === "allow") found.push(source);
      }
      return found;
    };
    const limitTo = (where: object[]) =>
      change(role, { limit: [{ permission: "view_events", limits: [{ scope: "global", where }] }] });
    expect(await reached()).toEqual(["fw-oslo", "fw-delft", "m365"]);
    await limitTo([{ attribute: "data_source", test: "in", values: ["m365"] }]);
    expect(await reached()).toEqual(["m365"]);
    await limitTo([inGroup]);
    expect(await reached()).toEqual(["fw-oslo", "fw-delft"]);
    await database().valueGroupMember.deleteMany({ where: { valueKey: "fw-delft" } });
    expect(await reached()).toEqual(["fw-oslo"]);
    await change(role, { limit: [{ permission: "view_events", limits: [] }] });
    expect(await reached()).toHaveLength(3);
  });

  test("what no limit can name is refused beside the field, saying what there is", async () => {
    const role = await roleWith("view_events");
    const call = await owner();
    for (const [condition, words] of [
      [
        { attribute: "colour", test: "in", values: ["red"] },
        /no attribute has the key "colour".*data_source/,
      ],
      [{ attribute: "data_source", test: "in", values: ["fw-mars"] }, /no value fw-mars; there are fw-delft/],
      [
        { attribute: "data_source", test: "inGroup", values: ["mars"] },
        /no group mars; there is eu-firewalls/,
      ],
      [{ attribute: "severity", test: "in", values: ["grim"] }, /expected one of info, low/],
      [{ attribute: "severity", test: "withinDays", value: 3 }, /withinDays needs an instant/],
    ] as const) {
      const limit = [{ permission: "view_events", limits: [{ scope: "global", where: [condition] }] }];
      const said = { limit: [expect.stringMatching(words)] };
      await refused(
        editRole,
        call,
        { role, version: 1, limit },
        { code: "invalid", reason: "unknown_in_limit", fields: said },
      );
    }
    const nul = [
      { permission: "view_events", limits: [{ scope: "global", where: [{ ...severe, values: ["\0"] }] }] },
    ];
    for (const limit of [nul, ["nonsense"], [{ permission: "view_events", limits: [{ scope: "galaxy" }] }]])
      await refused(
        editRole,
        call,
        { role, version: 1, limit },
        { code: "invalid", reason: "invalid_input" },
      );
  });

  test("widening is giving: wider than one's own is refused, narrowing never", async () => {
    const deputy = await roleWith("manage_roles");
    await change(deputy, {
      limit: [{ permission: "view_events", limits: [{ scope: "team", where: [severe] }] }],
    });
    const somebody = await person({ roles: [deputy] });
    const { id, teams } = await organization(["Green"]);
    await joins(somebody, id, teams.Green);
    const call = await callAs(somebody);
    const role = await roleWith("view_events");
    const to = (limits: object[]) => ({ limit: [{ permission: "view_events", limits }] });
    await change(role, to([{ scope: "team", where: [severe] }]), call);
    await change(role, to([{ scope: "team", where: [{ ...severe, values: ["high"] }, recent] }]), call);
    await change(role, to([{ scope: "team", where: [severe] }]), call);
    for (const wider of [
      [{ scope: "team", where: [] }],
      [{ scope: "global", where: [severe] }],
      [
        { scope: "team", where: [severe] },
        { scope: "personal", where: [] },
      ],
      [],
    ]) {
      const input = { role, version: await versionOf(role), ...to(wider) };
      await refused(editRole, call, input, { code: "forbidden", reason: "escalation" });
    }
    await change(role, { remove: ["view_events"] }, call);
  });

  test("the matrix says what limits a cell in the names of values and groups", async () => {
    const role = await roleWith();
    await change(role, {
      limit: [{ permission: "view_events", limits: [{ scope: "team", where: [inGroup] }] }],
    });
    const { roles } = await runQuery(viewMatrix, await owner(), {});
    expect(roles.find(({ key }) => key === role)?.cells.view_events).toEqual({
      by: "own",
      limits: [expect.stringContaining("EU firewalls")],
    });
  });
});

describe("base roles", () => {
  test("T07: what a base role gives is had and shown apart, with the way to it; a circle is refused and named", async () => {
    const [low, middle, high] = [
      await roleWith("view_events"),
      await roleWith(),
      await roleWith("manage_alerts"),
    ];
    await change(middle, { addBases: [low] });
    await change(high, { addBases: [middle] });
    expect(await lastEvent()).toMatchObject({ before: { bases: [] }, after: { bases: [middle] } });
    const token = await signedIn(await person({ roles: [high] }));
    expect(await may(token, "view_events")).toBe("allow");
    const { roles } = await runQuery(viewMatrix, await owner(), {});
    const label = (key: string) => roles.find((role) => role.key === key)?.label;
    const column = roles.find(({ key }) => key === high);
    expect(column).toMatchObject({ bases: [label(middle)] });
    expect(column?.cells).toEqual({
      view_events: { by: "inherited", from: [`${label(middle)} → ${label(low)}`] },
      manage_alerts: { by: "own" },
    });
    const circle = { role: low, version: await versionOf(low), addBases: [high] };
    const { message } = await refused(editRole, await owner(), circle, {
      code: "conflict",
      reason: "inheritance_cycle",
      message: new RegExp([low, high, middle, low].join(".*")),
    });
    const choices = (await runQuery(viewRole, await owner(), { role: low })).choices;
    expect(choices.find(({ key }) => key === high)?.why).toBe(message);
    const self = { ...circle, addBases: [low] };
    await refused(editRole, await owner(), self, { code: "conflict", reason: "inheritance_cycle" });
    const version = await versionOf(low);
    await refused(
      deleteRole,
      await owner(),
      { role: low, version },
      { code: "conflict", reason: "role_inherited" },
    );
    await change(middle, { removeBases: [low] });
    expect(await may(token, "view_events")).toBe("deny");
  });

  test("a base role gives all that it has: no escalation, and a dangerous one is confirmed", async () => {
    const call = await callAs(await person({ roles: [await roleWith("manage_roles", "view_events")] }));
    const [narrow, wide] = [await roleWith("view_events"), await roleWith("view_events", "modify_data")];
    const heir = await roleWith();
    await change(heir, { addBases: [narrow] }, call);
    const input = { role: heir, version: await versionOf(heir), addBases: [wide] };
    await refused(editRole, call, input, {
      code: "forbidden",
      reason: "escalation",
      message: /\bmodify_data\b/,
    });
    // Through a role in between, too.
    const between = await roleWith();
    await change(between, { addBases: [wide] });
    await refused(
      editRole,
      call,
      { ...input, addBases: [between] },
      { code: "forbidden", reason: "escalation" },
    );
    await refused(
      createRole,
      call,
      { key: "sly", bases: [wide] },
      { code: "forbidden", reason: "escalation" },
    );
    const boss = await owner();
    const superuser = { ...input, addBases: ["ADMINISTRATOR"] };
    await refused(editRole, boss, superuser, { code: "invalid", reason: "confirmation_required" });
    await change(heir, { addBases: ["ADMINISTRATOR"], confirmed: ["ADMINISTRATOR"] }, boss);
    await refused(
      editRole,
      boss,
      { role: heir, version: await versionOf(heir), addBases: ["no_such"] },
      { code: "invalid", reason: "role_not_found" },
    );
  });

  test("a new role begins with base roles, limits, hours and API access", async () => {
    const base = await roleWith("view_events");
    const window = { days: [1], from: "09:00", to: "10:00", timeZone: "UTC" };
    const limits = [{ scope: "personal", where: [] }];
    await runCommand(createRole, await owner(), {
      key: "whole",
      bases: [base],
      limit: [{ permission: "manage_alerts", limits }],
      window,
      api: "none",
    });
    expect(await lastEvent()).toMatchObject({ after: { key: "whole", bases: [base], window, api: "none" } });
    expect(await runQuery(viewRole, await owner(), { role: "whole" })).toMatchObject({
      bases: [base],
      grants: { manage_alerts: limits },
      given: { view_events: { from: [expect.any(String)] } },
      window,
      api: "none",
    });
  });

  test("a built-in role keeps its edits when the catalogue is loaded again", async () => {
    const window = { days: [1, 2], from: "09:00", to: "17:00", timeZone: "Europe/Oslo" };
    await change("AUDITOR", { removeBases: ["VIEWER"], window, api: "read_only" });
    const { loadCatalogue } = await import("#lib/catalogue/load.ts");
    const { root } = await import("#test/installation.ts");
    await database().policy.update({ where: { id: 1 }, data: { document: {} } });
    await loadCatalogue("utmstack", root);
    expect(await runQuery(viewRole, await owner(), { role: "AUDITOR" })).toMatchObject({
      bases: [],
      window,
      api: "read_only",
    });
    await change("AUDITOR", { addBases: ["VIEWER"], window: null, api: "full" });
  });
});

describe("hours and API access", () => {
  const shift = { days: [1, 2, 3, 4, 5], from: "22:00", to: "06:00", timeZone: "Europe/Berlin" };

  test("T10: outside its hours a role gives nothing, across midnight and a change of clocks", async () => {
    const role = await roleWith("view_events");
    const token = await signedIn(await person({ roles: [role] }));
    await change(role, { window: JSON.stringify(shift) });
    expect(await lastEvent()).toMatchObject({ before: { window: null }, after: { window: shift } });
    const at = (instant: string) => may(token, "view_events", undefined, Date.parse(instant));
    // Friday night into Saturday, 27 March 2026, winter time; the clocks change in the night to Sunday.
    expect(await at("2026-03-27T20:59:59Z")).toBe("deny");
    expect(await at("2026-03-27T21:00:00Z")).toBe("allow");
    expect(await at("2026-03-28T04:59:59Z")).toBe("allow");
    expect(await at("2026-03-28T05:00:00Z")).toBe("deny");
    expect(await at("2026-03-28T21:00:00Z")).toBe("deny");
    // Monday in summer time: an hour earlier by the world's clock.
    expect(await at("2026-03-30T20:00:00Z")).toBe("allow");
    expect(await at("2026-03-30T19:59:59Z")).toBe("deny");
    const { hours } = await runQuery(
      viewRole,
      { ...(await owner()), at: new Date("2026-03-28T12:00:00Z") },
      { role },
    );
    expect(hours).toEqual({
      words: expect.stringMatching(/^Mon–Fri 22:00–06:00 .*Europe\/Berlin$/),
      open: false,
      opens: "2026-03-30T20:00:00.000Z",
    });
    await change(role, { window: null });
    expect(await at("2026-03-28T12:00:00Z")).toBe("allow");
    await refused(
      editRole,
      await owner(),
      { role, version: await versionOf(role), window: { ...shift, timeZone: "Europe/Atlantis" } },
      { code: "invalid", reason: "unknown_time_zone", fields: { "window.timeZone": [expect.any(String)] } },
    );
  });

  test("longer hours give: whoever holds less cannot open them", async () => {
    const role = await roleWith("modify_data");
    await change(role, { window: shift });
    const call = await callAs(await person({ roles: [await roleWith("manage_roles")] }));
    for (const window of [null, { ...shift, from: "20:00" }, { ...shift, timeZone: "Europe/Oslo" }])
      await refused(
        editRole,
        call,
        { role, version: await versionOf(role), window },
        { code: "forbidden", reason: "escalation" },
      );
    await change(role, { window: { ...shift, from: "23:00" } }, call);
  });

  test("T13: full, read-only, named endpoints and none are stored and decide what calls pass", async () => {
    const role = await roleWith("view_events");
    const token = await signedIn(await person({ roles: [role] }));
    const calls = [
      ["GET", "/api/v1/events"],
      ["POST", "/api/v1/events"],
      ["GET", "/api/v1/users"],
    ] as const;
    const pass = async () => {
      const { actor, at } = await callWith(token);
      if (actor.kind !== "user") throw new Error("nobody");
      const reach = apiReach(actor.access.policy, actor.subject, at.getTime());
      return calls.map(([method, path]) => permitsCall(reach, method, path));
    };
    expect(await pass()).toEqual([true, true, true]);
    await change(role, { api: '"read_only"' });
    expect(await pass()).toEqual([true, false, true]);
    await change(role, { api: { endpoints: ["* /api/v1/events"] } });
    expect(await pass()).toEqual([true, true, false]);
    expect(await lastEvent()).toMatchObject({ before: { api: "read_only" } });
    await change(role, { api: "none" });
    expect(await pass()).toEqual([false, false, false]);
    const wrong = { role, version: await versionOf(role), api: { endpoints: ["everything"] } };
    await refused(editRole, await owner(), wrong, { code: "invalid", reason: "invalid_input" });
  });
});

describe("lockout", () => {
  test("hours, a limit or a base role that goes cannot take the last administrator's right", async () => {
    await database().assignment.deleteMany({});
    const base = "keepers_base";
    const boss = await owner();
    await runCommand(createRole, boss, { key: base, grants: ["manage_users", "manage_roles"] });
    await runCommand(createRole, boss, { key: "keepers", bases: [base] });
    const keeper = await callAs(await person({ roles: ["keepers"] }));
    await database().assignment.deleteMany({ where: { role: { key: "ADMINISTRATOR" } } });
    const window = { days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "23:00", timeZone: "UTC" };
    const limits = [{ scope: "organization", where: [] }];
    for (const [role, input] of [
      ["keepers", { removeBases: [base] }],
      ["keepers", { window }],
      [base, { window }],
      [base, { limit: [{ permission: "manage_users", limits }] }],
      [base, { remove: ["manage_users"] }],
    ] as const)
      await refused(
        editRole,
        keeper,
        { role, version: 1, ...input },
        { code: "conflict", reason: "last_holder" },
      );
    expect(await runCommand(editRole, keeper, { role: base, version: 1, api: "read_only" })).toMatchObject({
      api: true,
    });
  });
});
