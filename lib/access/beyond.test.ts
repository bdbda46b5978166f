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
