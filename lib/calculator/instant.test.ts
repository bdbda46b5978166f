import { expect, test } from "vitest";
import { instantOf } from "./instant.ts";

const iso = (text: string, zone?: string) => {
  const at = instantOf(text, zone);
  return at === undefined ? undefined : new Date(at).toISOString();
};

test("a date and time is meant in its zone, or carries its own offset", () => {
  expect(iso("2026-11-22T10:30")).toBe("2026-11-22T10:30:00.000Z");
  expect(iso("2026-11-22T10:30", "Europe/Berlin")).toBe("2026-11-22T09:30:00.000Z");
  expect(iso("2026-07-22T10:30:15", "America/New_York")).toBe("2026-07-22T14:30:15.000Z");
  expect(iso("2026-11-22T10:30+05:30", "Europe/Berlin")).toBe("2026-11-22T05:00:00.000Z");
});

test("an hour that daylight saving skips is the one after it; one that comes twice is the first", () => {
  expect(iso("2026-03-29T02:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
  expect(iso("2026-10-25T02:30", "Europe/Berlin")).toBe("2026-10-25T00:30:00.000Z");
  expect(iso("2026-03-29T03:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
  expect(iso("2026-10-25T03:30", "Europe/Berlin")).toBe("2026-10-25T02:30:00.000Z");
});

test("what is no date and time, no zone or before the database's reach is nothing", () => {
  for (const text of [
    "",
    "now",
    "2026-11-22",
    "2026-02-30T10:00",
    "2026-11-22T25:00",
    "1800-01-01T00:00",
    "+012026-11-22T10:30",
  ])
    expect(iso(text), text).toBeUndefined();
  expect(iso("2026-11-22T10:30", "Mars/Olympus")).toBeUndefined();
});
