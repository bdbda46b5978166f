import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { project } from "./run.mjs";

export const vitestReport = join(project, ".cache", "vitest.json");
export const playwrightReport = join(project, ".cache", "playwright.json");

const none = { passed: 0, failed: 0, skipped: 0 };

export function forgetReports() {
  for (const report of [vitestReport, playwrightReport]) rmSync(report, { force: true });
}

/** What the runners themselves wrote down, added up. */
export function readCounts() {
  const vitest = read(vitestReport, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }));
  const playwright = read(playwrightReport, ({ stats }) => ({
    // A flaky test passed at its second try; Playwright lists it by name.
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }));
  return {
    passed: vitest.passed + playwright.passed,
    failed: vitest.failed + playwright.failed,
    skipped: vitest.skipped + playwright.skipped,
  };
}

export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

function read(path, pick) {
  return existsSync(path) ? pick(JSON.parse(readFileSync(path, "utf8"))) : none;
}
