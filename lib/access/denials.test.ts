import { expect, test } from "vitest";
import { decide, holds, type Subject } from "./index.ts";
import { full, holding, noon, policyOf, role } from "./reference/examples.ts";

const policy = policyOf(
  ["read", "write"],
  [
    role("reader", { grants: full("read") }),
    role("nothing", { blocking: true }),
    role("suspended", { inherits: ["nothing"] }),
    role("chief", { superuser: true }),
  ],
);
const whyNot = (subject: Subject, permission = "read", at = noon) =>
  decide(policy, subject, { permission, at }).reason;

test("a denial says what is nearest", () => {
  expect(whyNot(holding("reader"), "fly")).toEqual({ kind: "unknown_permission" });
  expect(whyNot(holding("reader"), "read", Number.NaN)).toEqual({ kind: "invalid_instant" });
  expect(whyNot({ ...holding("reader"), active: false })).toEqual({ kind: "inactive" });
  expect(whyNot(holding())).toEqual({ kind: "no_roles" });
  expect(whyNot(holding("gone"))).toEqual({ kind: "no_roles" });
  expect(whyNot(holding("reader"), "write")).toEqual({ kind: "not_granted", dormant: [] });
});

test("a blocking role takes every right, also a superuser's and also when it is inherited", () => {
  expect(whyNot(holding("chief", "suspended"))).toEqual({
    kind: "blocked",
    assignment: "suspended",
    roles: ["suspended", "nothing"],
  });
});

test("a blocking role blocks even when nobody can tell whether its hours apply", () => {
  const window = { days: [1], from: "09:00", to: "17:00", timeZone: "Mars/Olympus" };
  const assignments = [
    { id: "a", role: "chief" },
    { id: "b", role: "nothing", window },
  ];
  expect(whyNot({ ...holding(), assignments })).toMatchObject({ kind: "blocked", assignment: "b" });
  expect(
    decide(
      policy,
      { ...holding(), assignments: [{ id: "a", role: "chief", window }] },
      { permission: "read", at: noon },
    ).effect,
  ).toBe("deny");
});

test("an assignment that would help at another time is named", () => {
  const assignments = [
    { id: "a", role: "reader" },
    { id: "b", role: "chief", start: noon + 5 },
  ];
  expect(whyNot({ ...holding(), assignments }, "write")).toEqual({
    kind: "not_granted",
    dormant: [{ assignment: "b", role: "chief", why: "before", begins: noon + 5 }],
  });
});

test("a capability is held through the permission that it is bound to, and never unbound", () => {
  expect(holds(policy, { viewUsers: "read" }, holding("reader"), "viewUsers", noon)).toBe(true);
  expect(holds(policy, { viewUsers: "read" }, holding("chief"), "manageUsers", noon)).toBe(false);
  expect(holds(policy, { manageUsers: "gone" }, holding("chief"), "manageUsers", noon)).toBe(false);
});
