import { readFileSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { expect, test } from "vitest";
import { testFiles } from "../scripts/test-files.mjs";
import { apart, rulesModel } from "../vitest.config.ts";
import { root } from "./installation.ts";

test("only files with a process of their own replace modules: in a shared one others have loaded them before", () => {
  const alone = (file: string) => [...apart, rulesModel].some((pattern) => matchesGlob(file, pattern));
  const replacing = testFiles().filter((file) =>
    /\bvi\s*\.\s*(mock|doMock|resetModules)\(/.test(readFileSync(join(root, file), "utf8")),
  );
  expect(replacing.length).toBeGreaterThan(1);
  expect(replacing.filter((file) => !alone(file))).toEqual([]);
});
