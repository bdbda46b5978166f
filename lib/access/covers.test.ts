import { describe, expect, test } from "vitest";
import { type Condition, covers, type Limit } from "./index.ts";
import { policyOf } from "./reference/examples.ts";
import { attributes } from "./reference/worlds.ts";

const { vocabulary } = policyOf([], [], { attributes });
const within = (...where: Condition[]) => ({ scope: "global" as const, where });
const isIn = (attribute: string, ...values: string[]): Condition => ({ attribute, test: "in", values });
const eu: Condition = { attribute: "source", test: "inGroup", values: ["eu"] };

describe("a limit covers another", () => {
  const pairs: [string, boolean, Limit, Limit][] = [
    ["a list and a part of it", true, within(isIn("source", "a", "b")), within(isIn("source", "b"))],
    ["a list and another", false, within(isIn("source", "a", "b")), within(isIn("source", "b", "c"))],
    ["everywhere and a team", true, within(), { scope: "team", where: [] }],
    ["a team and everywhere", false, { scope: "team", where: [] }, within()],
    ["groups and one of them", true, within({ ...eu, values: ["us", "eu"] } as Condition), within(eu)],
    ["a list and a group, which may grow", false, within(isIn("source", "a")), within(eu)],
    [
      "a bound and a higher one",
      true,
      within({ attribute: "severity", test: "gte", value: "medium" }),
      within({ attribute: "severity", test: "gte", value: "high" }, isIn("source", "a")),
    ],
    [
      "a bound and a list, which a list of values passes",
      false,
      within({ attribute: "severity", test: "gte", value: "medium" }),
      within(isIn("severity", "high")),
    ],
    [
      "a month and a week",
      true,
      within({ attribute: "seen", test: "withinDays", value: 30 }),
      within({ attribute: "seen", test: "withinDays", value: 7 }),
    ],
    [
      "a week and a month",
      false,
      within({ attribute: "seen", test: "withinDays", value: 7 }),
      within({ attribute: "seen", test: "withinDays", value: 30 }),
    ],
  ];
  test.each(pairs)("%s: %s", (_, answer, wide, narrow) => {
    expect(covers(wide, narrow, vocabulary)).toBe(answer);
  });

  test("by the members that a group has now", () => {
    const own = { ...within(eu), where: [{ ...eu, members: ["a", "b"] }] } as Parameters<typeof covers>[0];
    expect(covers(own, within(isIn("source", "b")), vocabulary)).toBe(true);
    expect(covers(own, within(isIn("source", "c")), vocabulary)).toBe(false);
  });
});
