import { afterEach, expect, test, vi } from "vitest";
import { AppError } from "./errors.ts";
import { log, logBug } from "./log.ts";
import { registry } from "./registry.ts";

afterEach(() => void vi.restoreAllMocks());

/** What is logged while `work` runs, by level. */
function logged(work: () => void): [level: string, facts: object][] {
  const lines: [string, object][] = [];
  for (const level of ["warn", "error"] as const)
    vi.spyOn(log(), level).mockImplementation((facts) => void lines.push([level, facts as object]));
  work();
  return lines;
}

test("a bug is one line, however many entry points it passes, under the reference that people see", () => {
  const error = new Error("alike");
  const references: string[] = [];
  const lines = logged(() => {
    for (const where of ["action", "page", "listener"]) references.push(logBug(error, where));
  });
  expect(new Set(references).size).toBe(1);
  expect(lines).toEqual([["error", expect.objectContaining({ where: "action", reference: references[0] })]]);
});

test("an outage is a line a minute with its reason, and has no reference, since nobody is shown one", () => {
  registry().slots.delete("first in");
  const away = () => new AppError("unavailable", "database_away", "The database is away.");
  const lines = logged(() => {
    for (let times = 0; times < 5; times += 1) logBug(away(), "mail");
  });
  expect(lines).toEqual([["warn", { reason: "database_away", where: "mail" }]]);
});
