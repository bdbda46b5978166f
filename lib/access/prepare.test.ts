import { expect, test } from "vitest";
import { check, decide, type Subject, withRole } from "./index.ts";
import { full, holding, noon, policyOf, role } from "./reference/examples.ts";

const writer = role("writer", { grants: full("write") });
const policy = policyOf(["read", "write"], [role("reader", { grants: full("read") }), writer]);

test("a subject that was asked about cannot be changed in place", () => {
  const assignment = { id: "a", role: "reader" };
  const assignments = [assignment];
  const ann: Subject = { id: "ann", active: true, assignments };
  expect(check(policy, ann, "read", noon)).toBe("allow");
  expect(() => Object.assign(ann, { active: false })).toThrow(TypeError);
  expect(() => Object.assign(ann, { assignments: [] })).toThrow(TypeError);
  expect(() => assignments.push({ id: "b", role: "writer" })).toThrow(TypeError);
  expect(() => assignments.pop()).toThrow(TypeError);
  expect(() => Object.assign(assignment, { role: "writer" })).toThrow(TypeError);
  expect(() => Object.assign(assignment, { end: noon })).toThrow(TypeError);
});

test("a changed copy is a subject of its own", () => {
  const ann = holding("reader");
  expect(check(policy, ann, "write", noon)).toBe("deny");
  const more = { ...ann, assignments: [...ann.assignments, { id: "more", role: "writer" }] };
  expect(check(policy, more, "write", noon)).toBe("allow");
  expect(check(policy, { ...more, active: false }, "write", noon)).toBe("deny");
  expect(check(policy, ann, "write", noon)).toBe("deny");
});

test("memberships and attributes are read at each question", () => {
  const limits = [{ scope: "team" as const, where: [] }];
  const teams = ["red"];
  const ann: Subject = { ...holding("member"), teams };
  const limited = policyOf(["see"], [role("member", { grants: [{ permission: "see", limits }] })]);
  expect(check(limited, ann, "see", noon, { team: "blue" })).toBe("deny");
  teams.push("blue");
  expect(check(limited, ann, "see", noon, { team: "blue" })).toBe("allow");
});

test("the clock is looked at anew at each question", () => {
  const ann: Subject = { ...holding(), assignments: [{ id: "a", role: "reader", end: noon }] };
  expect(check(policy, ann, "read", noon - 1)).toBe("allow");
  expect(check(policy, ann, "read", noon)).toBe("deny");
  expect(check(policy, ann, "read", noon - 1)).toBe("allow");
});

test("another policy lays the same subject out anew", () => {
  const ann = holding("writer");
  expect(check(policy, ann, "read", noon)).toBe("deny");
  const edited = withRole(policy, { ...writer, grants: full("read") });
  expect(edited && check(edited, ann, "read", noon)).toBe("allow");
  expect(check(policy, ann, "read", noon)).toBe("deny");
});

test("nobody can spoil the path that all holders of a role share", () => {
  const { reason } = decide(policy, holding("reader"), { permission: "read", at: noon });
  if (reason.kind !== "granted") throw new Error(reason.kind);
  expect(() => (reason.path.roles as string[]).push("chief")).toThrow(TypeError);
});
