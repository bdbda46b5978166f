import { describe, expect, test } from "vitest";
import { instantWords, soonWords, validityPhrases } from "./validity-words.ts";

describe("T10: across both changes of the clock in Berlin", () => {
  const zone = "Europe/Berlin";
  // Clocks go forward on 29 March 2026 at 01:00 UTC and back on 25 October 2026 at 01:00 UTC.
  test.each([
    ["2026-03-28T22:30:00Z", "2026-03-29T06:00:00Z", "tomorrow 08:00"],
    ["2026-03-28T23:30:00Z", "2026-03-29T06:00:00Z", "today 08:00"],
    ["2026-10-24T21:30:00Z", "2026-10-25T07:00:00Z", "tomorrow 08:00"],
    ["2026-10-24T22:30:00Z", "2026-10-25T22:30:00Z", "today 23:30"],
    ["2026-10-24T22:30:00Z", "2026-10-25T23:30:00Z", "tomorrow 00:30"],
    ["2026-03-28T12:00:00Z", "2026-03-31T06:00:00Z", "Tue 08:00"],
    ["2026-03-28T12:00:00Z", "2026-04-28T06:00:00Z", "28 Apr 2026, 08:00"],
  ])("at %s, %s is %s", (now, at, words) =>
    expect(soonWords(new Date(at), Date.parse(now), zone)).toBe(words),
  );

  test("one instant reads as the wall clock of each zone", () => {
    const at = new Date("2026-03-29T01:30:00Z");
    expect([instantWords(at, zone), instantWords(at, "UTC")]).toEqual([
      "29 Mar 2026, 03:30",
      "29 Mar 2026, 01:30",
    ]);
  });
});

test("what limits an assignment, and nothing else, is said", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  const window = { days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00", timeZone: "Europe/Berlin" };
  const none = { startsAt: null, endsAt: null, window: null };
  expect(validityPhrases(none, now)).toEqual([]);
  const times = {
    startsAt: new Date("2026-11-23T08:00:00Z"),
    endsAt: new Date("2026-11-30T18:00:00Z"),
    window,
    place: "Europe",
  };
  expect(validityPhrases(times, now, "UTC")).toEqual([
    "from 23 Nov 2026, 08:00",
    "until 30 Nov 2026, 18:00",
    "Mon–Fri 08:00–18:00 Europe/Berlin",
    "in Europe",
  ]);
  expect(validityPhrases({ ...none, startsAt: new Date(now - 1), roleWindow: window }, now, "UTC")).toEqual([
    "role hours Mon–Fri 08:00–18:00 Europe/Berlin",
  ]);
});
