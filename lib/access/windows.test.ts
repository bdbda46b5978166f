import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check, nextBegin, nextOpening, type Window, windowState } from "./index.ts";
import { full, holding, policyOf, role } from "./reference/examples.ts";
import { isActive, isInside } from "./reference/reference-time.ts";
import { patience, runs } from "./reference/runs.ts";
import { instants, windows } from "./reference/worlds.ts";

const quarter = 900_000;
const at = (iso: string) => Date.parse(iso);
const weekdays = [1, 2, 3, 4, 5];

test("a window is open exactly when the reference's wall clock says so", { timeout: patience }, () => {
  const words = { yes: "open", no: "closed", unknown: "invalid" };
  fc.assert(
    fc.property(windows, instants, (window, instant) => {
      expect(windowState(window, instant)).toBe(words[isInside(window, instant)]);
    }),
    { numRuns: runs(10_000) },
  );
});

test("the next begin is active, and nothing between now and then is", { timeout: patience }, () => {
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  fc.assert(
    fc.property(
      maybe(windows),
      maybe(windows),
      maybe(instants),
      instants,
      (window, roleWindow, start, now) => {
        const assignment = { id: "a", role: "r", window, start };
        const next = nextBegin(assignment, roleWindow, now);
        const first = Math.max(now, start ?? now);
        if (next !== undefined) expect(isActive(assignment, roleWindow, next)).toBe("yes");
        const until = next ?? first + 14 * 96 * quarter;
        for (let one = first; one < until; one = (Math.floor(one / quarter) + 1) * quarter)
          expect(isActive(assignment, roleWindow, one)).not.toBe("yes");
      },
    ),
    { numRuns: runs(150) },
  );
});

describe("T10 business hours", () => {
  const office: Window = { days: weekdays, from: "09:00", to: "17:00", timeZone: "Europe/Berlin" };
  const policy = policyOf(["work"], [role("clerk", { grants: full("work"), window: office })]);
  const may = (iso: string) => check(policy, holding("clerk"), "work", at(iso)) === "allow";

  test("T10 hold on weekdays from nine to five, in winter and in summer time", () => {
    expect(may("2026-03-27T08:00:00Z")).toBe(true);
    expect(may("2026-03-27T07:59:59.999Z")).toBe(false);
    expect(may("2026-03-27T15:59:59.999Z")).toBe(true);
    expect(may("2026-03-27T16:00:00Z")).toBe(false);
    expect(may("2026-03-28T10:00:00Z")).toBe(false);
    expect(may("2026-03-30T07:00:00Z")).toBe(true);
    expect(may("2026-03-30T15:00:00Z")).toBe(false);
  });

  test("T10 a night shift belongs to the day on which it opens", () => {
    const friday: Window = { days: [5], from: "22:00", to: "06:00", timeZone: "America/New_York" };
    expect(windowState(friday, at("2026-06-06T01:59:00Z"))).toBe("closed");
    expect(windowState(friday, at("2026-06-06T02:00:00Z"))).toBe("open");
    expect(windowState(friday, at("2026-06-06T09:59:00Z"))).toBe("open");
    expect(windowState(friday, at("2026-06-06T10:00:00Z"))).toBe("closed");
    expect(windowState(friday, at("2026-06-05T09:00:00Z"))).toBe("closed");
  });

  test("T10 hours that daylight saving skips never come, hours that it repeats come twice", () => {
    const half: Window = { days: [7], from: "02:15", to: "02:45", timeZone: "Europe/Berlin" };
    for (let one = at("2026-03-28T23:00:00Z"); one < at("2026-03-29T22:00:00Z"); one += 60_000)
      expect(windowState(half, one)).toBe("closed");
    for (const iso of ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"])
      expect(windowState(half, at(iso))).toBe("open");
    for (const iso of ["2026-10-25T01:00:00Z", "2026-10-25T02:30:00Z"])
      expect(windowState(half, at(iso))).toBe("closed");
    expect(nextOpening(half, at("2026-03-28T12:00:00Z"))).toBe(at("2026-04-05T00:15:00Z"));
  });

  test("T10 Samoa's calendar had no 30 December 2011: its Friday never opens", () => {
    const friday: Window = { days: [5], from: "08:00", to: "12:00", timeZone: "Pacific/Apia" };
    expect(nextOpening(friday, at("2011-12-29T00:00:00Z"))).toBe(at("2012-01-05T18:00:00Z"));
  });
});

test("an unknown zone, a malformed time and an instant that no clock shows leave a window undecided", () => {
  const day: Window = { days: weekdays, from: "09:00", to: "17:00", timeZone: "UTC" };
  expect(windowState({ ...day, timeZone: "Mars/Olympus" }, 0)).toBe("invalid");
  expect(windowState({ ...day, timeZone: "" }, 0)).toBe("invalid");
  expect(windowState({ ...day, from: "9:00" }, 0)).toBe("invalid");
  expect(windowState({ ...day, to: "24:01" }, 0)).toBe("invalid");
  for (const damaged of [null, {}, { ...day, days: undefined }, { ...day, timeZone: undefined }])
    expect(windowState(damaged as never, 0)).toBe("invalid");
  for (const instant of [Number.NaN, Number.POSITIVE_INFINITY, 9e15, -8.64e15])
    expect(windowState(day, instant)).toBe("invalid");
});
