import { describe, expect, test } from "vitest";
import { describeWindow, type Limit, opensMore, widened } from "./index.ts";
import { policyOf } from "./reference/examples.ts";

const policy = policyOf(["read"], []);
const limit = (scope: Limit["scope"], values?: string[]): Limit => ({
  scope,
  where: values ? [{ attribute: "severity", test: "in", values }] : [],
});

describe("what a changed grant gives", () => {
  test.each([
    ["a new grant: all of it", undefined, [limit("team")], [limit("team")]],
    ["a new unconditional grant", undefined, [], []],
    ["a narrower scope: nothing", [limit("global", ["high"])], [limit("team", ["high"])], undefined],
    ["another scope: that", [limit("organization")], [limit("team")], [limit("team")]],
    ["fewer values: nothing", [limit("team", ["high", "low"])], [limit("team", ["low"])], undefined],
    ["more values: the wider limit", [limit("team", ["low"])], [limit("team", ["low", "high"])], "after"],
    ["one limit more: that one", [limit("team")], [limit("team"), limit("personal")], [limit("personal")]],
    ["no limits any more: everything", [limit("team")], [], []],
    ["a limit that limits nothing: everything", [limit("team")], [limit("global")], []],
    ["anything beside an unconditional grant: nothing", [], [limit("team")], undefined],
    ["beside a limit that limits nothing: nothing", [limit("global")], [], undefined],
  ] as const)("%s", (_, before, after, given) => {
    expect(widened(policy, before as Limit[] | undefined, after as readonly Limit[])).toEqual(
      given === "after" ? after : given,
    );
  });
});

describe("hours", () => {
  const day = { days: [1, 2, 3], from: "09:00", to: "17:00", timeZone: "UTC" };

  test("opening more is giving; the same, less, and hours where there were none is not", () => {
    expect(opensMore(day, undefined)).toBe(true);
    expect(opensMore(day, { ...day, days: [1, 2, 3, 4] })).toBe(true);
    expect(opensMore(day, { ...day, timeZone: "Europe/Oslo" })).toBe(true);
    expect(opensMore(day, day)).toBe(false);
    expect(opensMore(day, { ...day, from: "10:00" })).toBe(false);
    expect(opensMore(undefined, day)).toBe(false);
    expect(opensMore(undefined, undefined)).toBe(false);
  });

  test.each([
    [{}, "Mon–Wed 09:00–17:00 UTC"],
    [{ days: [5, 1] }, "Mon, Fri 09:00–17:00 UTC"],
    [{ days: [1, 2, 4, 5, 6] }, "Mon, Tue, Thu–Sat 09:00–17:00 UTC"],
    [{ days: [7, 6, 5, 4, 3, 2, 1], from: "22:00", to: "06:00" }, "every day 22:00–06:00 the next day UTC"],
    [{ from: "18:00", to: "00:00" }, "Mon–Wed 18:00–24:00 UTC"],
    [{ from: "17:00", to: "24:00" }, "Mon–Wed 17:00–24:00 UTC"],
    [{ from: "00:00", to: "24:00" }, "Mon–Wed all day UTC"],
    [{ from: "09:00", to: "09:00" }, "Mon–Wed all day UTC"],
  ])("%j reads %s", (change, words) => {
    expect(describeWindow({ ...day, ...change })).toBe(words);
  });
});
