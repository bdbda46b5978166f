import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectFolder } from "#server/project-folder.ts";

const read = (path: string) => readFileSync(join(projectFolder, path), "utf8");
const document = read("docs/security.md");

/** The rows of the table under a heading, without its own two lines. */
function rowsUnder(heading: string): string[][] {
  const section = document.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
const filesIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path);

test("each promise names who keeps it, and a test that is there under that title", () => {
  const promises = rowsUnder("What it promises");
  expect(promises.length).toBeGreaterThan(20);
  for (const [promise, keepers = "", proof = ""] of promises) {
    const [, path = "", title = ""] = /^`([^`]+)`: "(.+)"$/.exec(proof) ?? [];
    expect(path, promise).toMatch(/\.(?:test|spec)\.tsx?$/);
    expect(read(path), promise).toContain(`"${title}"`);
    expect(filesIn(keepers), promise).not.toEqual([]);
    for (const file of filesIn(keepers)) expect(existsSync(join(projectFolder, file)), file).toBe(true);
  }
});

test("each finding says its kind, what else was of that kind, where it was mended and what would catch the next", () => {
  const findings = rowsUnder("Findings of the attack of November 2026");
  expect(findings.length).toBeGreaterThan(2);
  for (const [finding, kind = "", siblings = "", mended = "", proofs = ""] of findings) {
    expect(Math.min(kind.length, siblings.length), finding).toBeGreaterThan(10);
    const tests = filesIn(proofs);
    expect(
      tests.filter((path) => /\.(?:test|spec)\.tsx?$/.test(path)),
      finding,
    ).toEqual(tests);
    expect(tests, finding).not.toEqual([]);
    for (const path of [...filesIn(mended), ...tests])
      expect(existsSync(join(projectFolder, path)), path).toBe(true);
  }
});
