import { glob, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const readsAssignments =
  /(?:FROM|JOIN) assignments\b|\bassignments: (?:true|\{)|\.assignment\.(?:count|find)/;
const saysWhen = /\bheld\w*\(|\bends_at\b|\bendsAt\b/;

/** What reads assignments without a time, and why it may. */
const timeless: Record<string, string> = {};

test("what has ended is held by nobody: whoever reads assignments says at what time", async () => {
  const silent: string[] = [];
  for await (const name of glob("lib/**/*.ts")) {
    const text = name.endsWith(".test.ts") ? "" : await readFile(name, "utf8");
    if (readsAssignments.test(text) && !saysWhen.test(text)) silent.push(name);
  }
  expect(silent.sort()).toEqual(Object.keys(timeless).sort());
});
