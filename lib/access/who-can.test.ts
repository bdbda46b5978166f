import { expect, test } from "vitest";
import { decide, effective, type Limit, subjectWithRoles, whoCan } from "./index.ts";
import { full, holding, limited, noon, policyOf, role } from "./reference/examples.ts";

const everyScope = (["organization", "team", "personal"] as const).map(
  (scope): Limit => ({ scope, where: [] }),
);
const policy = policyOf(
  ["see", "edit"],
  [
    role("viewer", { grants: full("see") }),
    role("editor", { grants: full("edit"), inherits: ["viewer"] }),
    role("keeper", { grants: [limited("edit", ...everyScope)] }),
  ],
);

test("who can is asked of everybody, and told apart by how far", () => {
  const people = ["viewer", "editor", "keeper"].map((key) => ({ ...holding(key), id: key, teams: ["red"] }));
  const ids = (question: { resource?: { team: string } }) => {
    const { allowed, limited: partly } = whoCan(policy, people, {
      permission: "edit",
      at: noon,
      ...question,
    });
    return [allowed.map(({ id }) => id), partly.map(({ id }) => id)];
  };
  expect(ids({})).toEqual([["editor"], ["keeper"]]);
  expect(ids({ resource: { team: "red" } })).toEqual([["editor", "keeper"], []]);
  expect(ids({ resource: { team: "blue" } })).toEqual([["editor"], []]);
});

test("T16 (engine) a set of roles that nobody holds can be evaluated, limits of every scope included", () => {
  const held = (...keys: string[]) =>
    effective(policy, subjectWithRoles(keys), noon).map(({ permission, effect }) => [permission, effect]);
  expect(held("viewer", "keeper")).toEqual([
    ["see", "allow"],
    ["edit", "limited"],
  ]);
  expect(held("editor", "editor", "gone")).toEqual([
    ["see", "allow"],
    ["edit", "allow"],
  ]);
  expect(held()).toEqual([]);
  const { limits } = decide(policy, subjectWithRoles(["keeper"]), { permission: "edit", at: noon });
  expect(limits?.map(({ scope }) => scope)).toEqual(["organization", "team", "personal"]);
});
