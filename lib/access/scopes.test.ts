import { describe, expect, test } from "vitest";
import {
  type Attribute,
  type Condition,
  check,
  decide,
  type Limit,
  type Resource,
  type Scope,
} from "./index.ts";
import { holding, limited, noon, policyOf, role } from "./reference/examples.ts";

const scoped = (scope: Scope, where: Condition[] = []): Limit => ({ scope, where });

describe("T06 scopes", () => {
  const policy = policyOf(
    ["see"],
    (["global", "organization", "team", "personal"] as const).map((scope) =>
      role(scope, { grants: [limited("see", scoped(scope))] }),
    ),
  );
  const sees = (key: Scope, resource: Resource) =>
    check(
      policy,
      { ...holding(key), organizations: ["acme", "beta"], teams: ["red"] },
      "see",
      noon,
      resource,
    ) === "allow";

  test("T06 global sees all, also what belongs to nobody", () => {
    expect(sees("global", {})).toBe(true);
    expect(sees("global", { organization: "other", owner: "bob" })).toBe(true);
  });

  test("T06 organization and team see the user's own only", () => {
    expect(sees("organization", { organization: "acme" })).toBe(true);
    expect(sees("organization", { organization: "other", team: "red", owner: "ann" })).toBe(false);
    expect(sees("organization", {})).toBe(false);
    expect(sees("team", { team: "red" })).toBe(true);
    expect(sees("team", { team: "blue", organization: "acme" })).toBe(false);
  });

  test("T06 personal sees what the user owns or is assigned", () => {
    expect(sees("personal", { owner: "ann" })).toBe(true);
    expect(sees("personal", { owner: "bob", assignees: ["cat", "ann"] })).toBe(true);
    expect(sees("personal", { owner: "bob", team: "red" })).toBe(false);
  });

  test("an assignment that names an organization narrows to it, and only if the user belongs there", () => {
    const named = (organization: string) => ({
      ...holding(),
      organizations: ["acme", "beta"],
      assignments: [{ id: "a", role: "organization", organization }],
    });
    expect(check(policy, named("beta"), "see", noon, { organization: "beta" })).toBe("allow");
    expect(check(policy, named("beta"), "see", noon, { organization: "acme" })).toBe("deny");
    expect(check(policy, named("other"), "see", noon, { organization: "other" })).toBe("deny");
    expect(decide(policy, named("beta"), { permission: "see", at: noon }).limits).toEqual([
      { scope: "organization", where: [], ids: ["beta"] },
    ]);
  });
});

describe("T03 (engine) data filters", () => {
  const attribute = (key: string, kind: Attribute["kind"], values: string[] = []): Attribute => ({
    key,
    kind,
    values,
    of: "resource",
    label: key,
    description: "",
  });
  const attributes = [
    attribute("severity", "choice", ["low", "high", "critical"]),
    attribute("source", "managed"),
    attribute("seen", "instant"),
  ];
  const passes = (where: Condition[], given: Resource["attributes"]) => {
    const policy = policyOf(["see"], [role("r", { grants: [limited("see", scoped("global", where))] })], {
      attributes,
    });
    return check(policy, holding("r"), "see", noon, { attributes: given }) === "allow";
  };

  test("T03 compare choices by their place and lists by any member", () => {
    const high: Condition = { attribute: "severity", test: "gte", value: "high" };
    expect(passes([high], { severity: "critical" })).toBe(true);
    expect(passes([high], { severity: "low" })).toBe(false);
    expect(passes([high], { severity: "unheard of" })).toBe(false);
    expect(passes([high], { severity: ["critical"] })).toBe(false);
    const eu: Condition = { attribute: "source", test: "in", values: ["eu-1", "eu-2"] };
    expect(passes([eu], { source: ["us-1", "eu-2"] })).toBe(true);
    expect(passes([eu], { source: [] })).toBe(false);
    expect(passes([high, eu], { severity: "high", source: "eu-1" })).toBe(true);
    expect(passes([high, eu], { severity: "high" })).toBe(false);
  });

  test("T03 look back from the instant of the decision, and read no time whose zone is open", () => {
    const week: Condition = { attribute: "seen", test: "withinDays", value: 7 };
    expect(passes([week], { seen: noon })).toBe(true);
    expect(passes([week], { seen: noon - 7 * 86_400_000 })).toBe(true);
    expect(passes([week], { seen: noon - 7 * 86_400_000 - 1 })).toBe(false);
    expect(passes([week], { seen: noon + 1 })).toBe(false);
    expect(passes([week], { seen: "2026-03-01T12:00:00+05:45" })).toBe(true);
    for (const seen of ["2026-03-01T12:00:00", "2026-02-30", "yesterday", "", Number.NaN])
      expect(passes([week], { seen })).toBe(false);
  });

  test("T03 name the part of a limit that failed", () => {
    const high: Condition = { attribute: "severity", test: "gte", value: "high" };
    const policy = policyOf(["see"], [role("r", { grants: [limited("see", scoped("team", [high]))] })], {
      attributes,
    });
    const ann = { ...holding("r"), teams: ["red"] };
    const whyNot = (resource: Resource) =>
      decide(policy, ann, { permission: "see", at: noon, resource }).reason;
    expect(whyNot({ team: "blue" })).toMatchObject({
      kind: "limit_failed",
      failures: [{ failed: { scope: "team" } }],
    });
    expect(whyNot({ team: "red" })).toMatchObject({
      kind: "limit_failed",
      failures: [{ failed: { condition: high } }],
    });
  });
});
