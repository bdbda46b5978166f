import { describe, expect, test } from "vitest";
import { beyond, beyondGrants, blockingRoles, compile, type Limit, rolesThatAlwaysGive } from "./index.ts";
import { full, holding, limited, noon, policyOf, role } from "./reference/examples.ts";

const team: Limit = { scope: "team", where: [] };
const global: Limit = { scope: "global", where: [{ attribute: "source", test: "in", values: ["eu"] }] };
const night = { days: [1], from: "01:00", to: "01:15", timeZone: "UTC" };

describe("beyond one's own", () => {
  const policy = policyOf(
    ["read", "write", "users"],
    [
      role("clerk", { grants: [...full("read"), limited("write", team)] }),
      role("peer", { grants: [limited("read", team), limited("write", team)] }),
      role("wider", { grants: full("write") }),
      role("elsewhere", { grants: [limited("write", global)] }),
      role("later", { inherits: ["nightly"] }),
      role("nightly", { window: night, inherits: ["deep"] }),
      role("deep", { window: night, grants: full("users") }),
    ],
  );
  const ann = { ...holding("clerk"), teams: ["red"] };

  test("is nothing that is held as widely, also where it is handed on with limits", () => {
    expect(beyond(policy, ann, "clerk", noon)).toEqual([]);
    expect(beyond(policy, ann, "peer", noon)).toEqual([]);
  });

  test("is a wider limit, another limit, and what a role gives at other hours only", () => {
    expect(beyond(policy, ann, "wider", noon)).toEqual(["write"]);
    expect(beyond(policy, ann, "elsewhere", noon)).toEqual(["write"]);
    expect(beyond(policy, ann, "later", noon)).toEqual(["users"]);
    expect(beyond(policy, ann, "gone", noon)).toEqual(["read", "write", "users"]);
  });

  test("is also what a grant implies", () => {
    const implying = compile({
      permissions: [
        { key: "manage", implies: ["crown"] },
        { key: "crown", implies: [] },
      ],
      roles: [role("admin", { superuser: true, except: ["crown"] })],
      attributes: [],
    });
    expect(beyondGrants(implying, holding("admin"), full("manage"), noon)).toEqual(["crown"]);
    expect(beyondGrants(implying, holding("admin"), full("unheard-of"), noon)).toEqual(["unheard-of"]);
  });
});

describe("beyond one's own, with a recipient", () => {
  const organization: Limit = { scope: "organization", where: [] };
  const personal: Limit = { scope: "personal", where: [] };
  const policy = policyOf(
    ["see", "own"],
    [
      role("keeper", { grants: [limited("see", organization), limited("own", personal)] }),
      role("all", { grants: full("see") }),
    ],
  );
  const ann = { ...holding("keeper"), organizations: ["acme", "beta"] };
  const narrowed = { ...ann, assignments: [{ id: "a", role: "keeper", organization: "acme" }] };
  const to = (...organizations: string[]) => ({ subject: { organizations } });

  test("is an organization that the recipient would reach and the giver does not", () => {
    expect(beyond(policy, ann, "keeper", noon, to("beta"))).toEqual([]);
    expect(beyond(policy, ann, "keeper", noon, to("beta", "other"))).toEqual(["see"]);
    expect(beyond(policy, ann, "keeper", noon, to())).toEqual([]);
    expect(beyond(policy, narrowed, "keeper", noon, to("acme", "beta"))).toEqual(["see"]);
  });

  test("is not what the assignment would not reach", () => {
    const giving = { ...to("beta", "acme"), assignment: { organization: "acme" } };
    expect(beyond(policy, narrowed, "keeper", noon, giving)).toEqual([]);
    expect(beyond(policy, narrowed, "keeper", noon, { assignment: { organization: "acme" } })).toEqual([]);
    expect(beyond(policy, narrowed, "keeper", noon, { assignment: { organization: "beta" } })).toEqual([
      "see",
    ]);
  });

  test("compares forms where it could be anybody, and a narrowed hold does not stand for all", () => {
    expect(beyond(policy, ann, "keeper", noon)).toEqual([]);
    expect(beyond(policy, narrowed, "keeper", noon)).toEqual(["see"]);
    expect(beyondGrants(policy, narrowed, [limited("see", organization)], noon)).toEqual(["see"]);
    expect(beyondGrants(policy, ann, [limited("see", organization)], noon)).toEqual([]);
  });
});

describe("beyond one's own, in time", () => {
  const hours = { days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00", timeZone: "UTC" };
  const mornings = { ...hours, days: [1, 2], to: "12:30" };
  const policy = policyOf(
    ["read"],
    [role("reader", { grants: full("read") }), role("daily", { window: hours, grants: full("read") })],
  );
  const withOne = (assignment: object) => ({
    ...holding(),
    assignments: [{ id: "a", role: "reader", ...assignment }],
  });
  const giving = (assignment: object) => ({ assignment });

  test("is what lasts longer than the giver's own, and not what ends with it", () => {
    const visitor = withOne({ end: noon + 1000 });
    expect(beyond(policy, visitor, "reader", noon)).toEqual(["read"]);
    expect(beyond(policy, visitor, "reader", noon, giving({ end: noon + 1001 }))).toEqual(["read"]);
    expect(beyond(policy, visitor, "reader", noon, giving({ end: noon + 1000 }))).toEqual([]);
    expect(beyond(policy, withOne({ start: noon + 1 }), "reader", noon)).toEqual(["read"]);
  });

  test("is what is open at hours when the giver's own is shut", () => {
    const clerk = withOne({ window: hours });
    expect(beyond(policy, clerk, "reader", noon)).toEqual(["read"]);
    expect(beyond(policy, clerk, "reader", noon, giving({ window: hours }))).toEqual([]);
    expect(beyond(policy, clerk, "reader", noon, giving({ window: mornings }))).toEqual([]);
    expect(beyond(policy, withOne({ window: mornings }), "daily", noon)).toEqual(["read"]);
    expect(beyond(policy, withOne({ window: { ...hours, days: [7] } }), "reader", noon)).toEqual(["read"]);
  });

  test("is not a role of the giver's own hours", () => {
    expect(beyond(policy, holding("daily"), "daily", noon)).toEqual([]);
    expect(beyondGrants(policy, holding("daily"), full("read"), noon)).toEqual(["read"]);
    expect(beyondGrants(policy, holding("daily"), full("read"), noon, hours)).toEqual([]);
  });
});

test("roles that always give, and roles that may block, are known at any depth", () => {
  const policy = policyOf(
    ["users"],
    [
      role("chief", { superuser: true }),
      role("heir", { inherits: ["chief"] }),
      role("sometimes", { superuser: true, window: night }),
      role("through", { inherits: ["sometimes"] }),
      role("never", { superuser: true, blocking: true }),
      role("partly", { grants: [limited("users", team)] }),
      role("outer", { inherits: ["inner"] }),
      role("inner", { window: night, inherits: ["core", "outer"] }),
      role("core", { window: night, blocking: true }),
    ],
  );
  expect(rolesThatAlwaysGive(policy, "users")).toEqual(["chief", "heir"]);
  expect(rolesThatAlwaysGive(policy, "gone")).toEqual([]);
  expect(blockingRoles(policy)).toEqual(["never", "outer", "inner", "core"]);
});
