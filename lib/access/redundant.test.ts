import { expect, test } from "vitest";
import { type AssignmentSource, type Limit, redundant } from "./index.ts";
import { full, holding, limited, noon, policyOf, role } from "./reference/examples.ts";

const organization: Limit = { scope: "organization", where: [] };
const hours = { days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00", timeZone: "Europe/Berlin" };
const policy = policyOf(
  ["see", "edit"],
  [
    role("viewer", { grants: full("see") }),
    role("editor", { grants: full("edit"), inherits: ["viewer"] }),
    role("keeper", { grants: [limited("see", organization)] }),
    role("caller", { rank: 0, grants: full("see"), api: { endpoints: ["POST /hosts"] } }),
    role("screen", { grants: full("see"), api: "none" }),
    role("chief", { rank: 9, grants: full("see") }),
    role("nothing", { blocking: true, api: "none" }),
    role("empty", { api: "none" }),
  ],
);
const named = (...assignments: (string | Partial<AssignmentSource>)[]) =>
  redundant(
    policy,
    {
      ...holding(),
      organizations: ["acme", "beta"],
      assignments: assignments.map((one) =>
        typeof one === "string" ? { id: one, role: one } : { id: "a", role: "viewer", ...one },
      ),
    },
    noon,
  ).map(({ assignment, because }) => [assignment, ...because]);

test("T17 (engine) an assignment whose role another one inherits is redundant, and named with that one", () => {
  expect(named("viewer", "editor")).toEqual([["viewer", "editor"]]);
  expect(named("viewer", "keeper")).toEqual([["keeper", "viewer"]]);
  expect(named("editor", "keeper", "screen", "empty")).toEqual([
    ["keeper", "editor"],
    ["screen", "editor"],
    ["empty"],
  ]);
});

test("T17 (engine) of two that are alike only one is named, so that all named can go", () => {
  expect(named({ id: "first" }, { id: "second" })).toEqual([["second", "first"]]);
});

test("T17 (engine) rank, API access and a block are something that an assignment adds", () => {
  expect(named("viewer", "chief")).toEqual([["viewer", "chief"]]);
  expect(named("screen", "caller")).toEqual([["screen", "caller"]]);
  expect(named("screen", { id: "caller", role: "caller", end: noon + 5 })).toEqual([]);
  expect(named("editor", "nothing")).toEqual([]);
});

test("T17 (engine) ends, starts, hours and organizations are looked at", () => {
  expect(named("viewer", { id: "b", end: noon + 5 })).toEqual([["b", "viewer"]]);
  expect(named({ id: "b", end: noon + 5 }, { id: "c", end: noon + 6 })).toEqual([["b", "c"]]);
  expect(named("viewer", { id: "b", end: noon })).toEqual([]);
  expect(named({ id: "b", start: noon + 5, end: noon + 9 }, { id: "c", start: noon + 6 })).toEqual([]);
  expect(named({ id: "b", window: hours }, { id: "c", window: { ...hours, days: [3] } })).toEqual([
    ["c", "b"],
  ]);
  const keeper = { role: "keeper", id: "k" };
  expect(named({ ...keeper, organization: "acme" }, { ...keeper, id: "all" })).toEqual([["k", "all"]]);
  expect(
    named({ ...keeper, organization: "acme" }, { ...keeper, id: "other", organization: "beta" }),
  ).toEqual([]);
});
