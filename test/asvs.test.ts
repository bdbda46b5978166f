import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectFolder } from "#server/project-folder.ts";

const text = readFileSync(join(projectFolder, "docs", "asvs.md"), "utf8");
const rows = text.split("\n").flatMap((line) => {
  const [id = "", level, words, verdict = "", how = ""] = line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
  return line.startsWith("|") && /\d/.test(id) ? [{ id, level, words, verdict, how }] : [];
});

/** How many rows of levels 1 and 2 each chapter of ASVS 5.0.0 has. */
const chapters = {
  "1": 27,
  "2": 11,
  "3": 19,
  "4": 10,
  "5": 9,
  "6": 35,
  "7": 18,
  "8": 7,
  "9": 7,
  "10": 29,
  "11": 14,
  "12": 9,
  "13": 13,
  "14": 9,
  "15": 13,
  "16": 16,
  "17": 7,
};

test("every row of levels 1 and 2 is there once, in its chapter", () => {
  expect(rows.filter(({ id }) => !/^([1-9]|1[0-7])\.\d{1,2}\.\d{1,2}$/.test(id))).toEqual([]);
  expect(rows.filter(({ level }) => level !== "1" && level !== "2")).toEqual([]);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  const counted = new Map<string, number>();
  for (const { id } of rows) {
    const chapter = id.split(".")[0] ?? "";
    counted.set(chapter, (counted.get(chapter) ?? 0) + 1);
  }
  expect(Object.fromEntries(counted)).toEqual(chapters);
});

test("a verdict is one of four, and says how or why", () => {
  for (const { id, verdict, how } of rows) {
    expect(["met", "partly", "not met", "not applicable"], id).toContain(verdict);
    expect(how.length, id).toBeGreaterThan(5);
  }
});

test("the sum at the top is that of the rows", () => {
  const sum = /Of (\d+) rows (\d+) are met, (\d+) partly, (\d+) not met and (\d+) not applicable/.exec(text);
  const count = (wanted: string) => rows.filter(({ verdict }) => verdict === wanted).length;
  const counts = [rows.length, count("met"), count("partly"), count("not met"), count("not applicable")];
  expect(sum?.slice(1).map(Number)).toEqual(counts);
});

test("every file that a row names exists", () => {
  const paths = rows.flatMap(({ how }) => [...how.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path));
  expect(paths.length).toBeGreaterThan(150);
  expect(paths.filter((path) => !existsSync(join(projectFolder, path)))).toEqual([]);
});
