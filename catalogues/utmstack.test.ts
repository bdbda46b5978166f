import { describe, expect, test } from "vitest";
import { type Attributes, decide, type Resource } from "#lib/access/index.ts";
import { decided, held, holderOf, load, wellDescribed, written } from "./role-table.ts";

const utmstack = await load("utmstack");
const { catalogue, policy } = utmstack;
const at = Date.UTC(2026, 0, 31, 12);
const daysAgo = (days: number) => at - days * 24 * 60 * 60 * 1000;

// L is a third state: allowed for what passes a limit.
const roleTable = written(`
                          ADMINISTRATOR  SECURITY_ANALYST  AUDITOR  VIEWER
  manage_users                  Y               -             -        -
  manage_roles                  Y               -             -        -
  system_configuration          Y               -             -        -
  manage_integrations           Y               -             -        -
  deploy_agents                 Y               -             -        -
  view_events                   Y               Y             Y        L
  investigate_incidents         Y               Y             -        -
  manage_alerts                 Y               Y             -        -
  create_dashboards             Y               Y             -        -
  generate_reports              Y               Y             Y        L
  view_audit_logs               Y               -             Y        -
  modify_data                   Y               L             -        -
`);

function limitsOf(role: string, permission: string) {
  const decision = decide(policy, holderOf(role), { permission, at });
  return decision.effect === "limited" ? decision.limits : decision.effect;
}

function onResource(role: string, permission: string, resource: Resource) {
  return decide(policy, holderOf(role), { permission, at, resource }).effect;
}

describe("the 12-row matrix (engine and data; how the matrix shows a limited cell is the screen's)", () => {
  test("four roles answer every one of the 48 cells as the table says", () => {
    expect(decided(utmstack)).toEqual(roleTable);
    expect(wellDescribed(catalogue)).toBe(true);
  });

  test("a limited cell says what limits it", () => {
    const ordinary = { attribute: "severity", test: "lte", value: "medium" };
    const recent = { attribute: "occurred_at", test: "withinDays", value: 30 };
    expect(limitsOf("VIEWER", "view_events")).toMatchObject([
      { scope: "team", ids: ["blue"], where: [ordinary, recent] },
      { scope: "personal", where: [ordinary, recent] },
    ]);
    expect(limitsOf("VIEWER", "generate_reports")).toMatchObject([
      { scope: "team", ids: ["blue"], where: [recent] },
      { scope: "personal", where: [recent] },
    ]);
    expect(limitsOf("SECURITY_ANALYST", "modify_data")).toMatchObject([
      { scope: "team", ids: ["blue"], where: [] },
    ]);
  });

  test("a viewer sees recent events of at most medium severity, of the own teams or assigned in person", () => {
    const see = (attributes: Attributes, rest: Resource) =>
      onResource("VIEWER", "view_events", { ...rest, attributes });
    const mild = { severity: "low", occurred_at: daysAgo(3) };
    expect(see(mild, { team: "blue" })).toBe("allow");
    expect(see(mild, { owner: "user" })).toBe("allow");
    expect(see(mild, { assignees: ["somebody", "user"] })).toBe("allow");
    expect(see(mild, { team: "red" })).toBe("deny");
    expect(see({ ...mild, severity: "high" }, { team: "blue" })).toBe("deny");
    expect(see({ ...mild, occurred_at: daysAgo(31) }, { team: "blue" })).toBe("deny");
    expect(see({ severity: "low" }, { team: "blue" })).toBe("deny");
  });

  test("an analyst changes data of the own teams only; an auditor reads all and changes nothing", () => {
    expect(onResource("SECURITY_ANALYST", "modify_data", { team: "blue" })).toBe("allow");
    expect(onResource("SECURITY_ANALYST", "modify_data", { team: "red" })).toBe("deny");
    expect(onResource("AUDITOR", "view_events", { team: "red", attributes: { severity: "critical" } })).toBe(
      "allow",
    );
    expect(onResource("AUDITOR", "modify_data", { team: "blue" })).toBe("deny");
  });
});

test("Administrator builds on Security Analyst and Auditor, both build on Viewer", () => {
  const bases = Object.fromEntries(catalogue.roles.map(({ key, inherits }) => [key, inherits]));
  expect(bases).toEqual({
    ADMINISTRATOR: ["SECURITY_ANALYST", "AUDITOR"],
    SECURITY_ANALYST: ["VIEWER"],
    AUDITOR: ["VIEWER"],
    VIEWER: [],
  });
});

test("an analyst who is an auditor too holds both, and the full grant beats the limited one", () => {
  expect(held(policy, "SECURITY_ANALYST", "AUDITOR")).toEqual([
    "create_dashboards",
    "generate_reports",
    "investigate_incidents",
    "manage_alerts",
    "view_audit_logs",
    "view_events",
  ]);
  expect(onResource("VIEWER", "view_events", { team: "red" })).toBe("deny");
  expect(
    decide(policy, holderOf("VIEWER", "AUDITOR"), {
      permission: "view_events",
      at,
      resource: { team: "red" },
    }).effect,
  ).toBe("allow");
});

test("custom roles may be added; only Administrator is locked; new users are viewers", () => {
  expect(catalogue.customRoles.enabled).toBe(true);
  expect(catalogue.roles.filter(({ locked }) => locked).map(({ key }) => key)).toEqual(["ADMINISTRATOR"]);
  expect(catalogue.firstUserRoles).toEqual(["ADMINISTRATOR"]);
  expect(catalogue.newUserRoles).toEqual(["VIEWER"]);
  expect(catalogue.presets).toEqual([]);
});

test("limits can look at data source, severity, time and asset group", () => {
  expect(catalogue.attributes.map(({ key, kind }) => [key, kind])).toEqual([
    ["data_source", "managed"],
    ["severity", "choice"],
    ["occurred_at", "instant"],
    ["asset_group", "managed"],
  ]);
});
