import { describe, expect, test } from "vitest";
import { idle } from "#lib/web/form-state.ts";
import { conflictOf, newest } from "./conflict.ts";

const answer = { status: "error" as const, reason: "edit_conflict" };

describe("what the server says of a concurrent edit", () => {
  test("is read from the answer's details", () => {
    const details = { version: 4, grants: ["view", "edit"], by: "Anna Berg", at: "2026-09-01T10:00:00Z" };
    expect(conflictOf({ ...answer, details })).toEqual(details);
    expect(conflictOf({ ...answer, details: { version: 4, grants: ["view", 7] } })).toEqual({
      version: 4,
      grants: ["view"],
    });
  });

  test.each([
    idle,
    { ...answer, reason: "rank" },
    answer,
    { ...answer, details: { version: "4", grants: [] } },
    { ...answer, details: { version: 4 } },
  ])("is nothing for any other answer, or for one that cannot be read", (state) => {
    expect(conflictOf(state)).toBeUndefined();
  });

  test("the page wins once it has caught up", () => {
    const page = { version: 5, grants: [] };
    expect(newest(page, { version: 4, grants: ["old"] })).toBe(page);
    expect(newest(page, { version: 6, grants: ["new"] }).grants).toEqual(["new"]);
    expect(newest(page, undefined)).toBe(page);
  });
});
