import { describe, expect, test } from "vitest";
import { type Condition, check, decide, describeLimit, type Limit, type ValueGroup } from "./index.ts";
import { holding, limited, noon, policyOf, role } from "./reference/examples.ts";

const attributes = [
  {
    key: "source",
    label: "Data source",
    description: "",
    of: "resource",
    kind: "managed",
    values: [],
  },
] as const;
const inGroups = (...values: string[]): Condition => ({ attribute: "source", test: "inGroup", values });
const limit: Limit = { scope: "global", where: [inGroups("eu", "empty", "gone")] };

const policyWith = (groups: ValueGroup[]) =>
  policyOf(["see"], [role("r", { grants: [limited("see", limit)] })], {
    attributes: attributes.map((attribute) => ({ ...attribute, values: [] })),
    groups,
  });
const eu = { attribute: "source", key: "eu", members: ["fw1", "fw2"] };
const empty = { attribute: "source", key: "empty", members: [] };
const sees = (policy: ReturnType<typeof policyOf>, source: string | string[]) =>
  check(policy, holding("r"), "see", noon, { attributes: { source } }) === "allow";

describe("T08 (engine) source groups", () => {
  test("T08 pass the sources that belong to one of them, and no other", () => {
    const policy = policyWith([eu, empty]);
    expect(sees(policy, "fw2")).toBe(true);
    expect(sees(policy, ["us1", "fw1"])).toBe(true);
    expect(sees(policy, "us1")).toBe(false);
    expect(sees(policy, "eu")).toBe(false);
  });

  test("T08 unknown and empty ones pass nothing", () => {
    for (const groups of [[], [empty], [{ ...eu, attribute: "other" }]]) {
      const policy = policyWith(groups);
      expect(sees(policy, "fw1")).toBe(false);
      expect(check(policy, holding("r"), "see", noon)).toBe("deny");
    }
  });

  test("T08 reach a host as groups and as their present members", () => {
    const decision = decide(policyWith([eu, empty]), holding("r"), { permission: "see", at: noon });
    expect(decision.limits).toEqual([
      { scope: "global", where: [{ ...inGroups("eu", "empty", "gone"), members: ["fw1", "fw2"] }] },
    ]);
    expect(decision.reason).toMatchObject({ paths: [{ limit }] });
  });
});

test("a limit in words has the names that people gave to values and groups", () => {
  const described: Limit = {
    scope: "team",
    where: [inGroups("eu", "us"), { attribute: "source", test: "in", values: ["fw1", "fw2"] }],
  };
  const known = attributes.map((attribute) => ({ ...attribute, values: [] }));
  expect(describeLimit(described, known)).toMatch(
    /team.*Data source.*\beu or us\b.*Data source.*\bfw1 or fw2$/,
  );
  const names = {
    value: (_: string, key: string) => (key === "fw1" ? "Firewall 1" : undefined),
    group: (attribute: string, key: string) => `${attribute}:${key}`,
  };
  expect(describeLimit(described, known, names)).toMatch(
    /team.*Data source.*\bsource:eu or source:us\b.*Data source.*\bFirewall 1 or fw2$/,
  );
});
