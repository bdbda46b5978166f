import { expect, test } from "vitest";
import { readAsked } from "./test-asked.mjs";

const files = [
  "lib/users/ranks.test.ts",
  "lib/users/list.test.ts",
  "lib/roles/ranks.test.ts",
  "e2e/roles.spec.ts",
];
const read = (...words: string[]) => {
  const { asked, unitPaths, browserPaths } = readAsked(words, files);
  return [[...asked], unitPaths, browserPaths];
};

test("nothing said is every part", () => {
  expect(read()).toEqual([["lint", "unit", "e2e"], [], []]);
});

test.each([
  [["lib/users/ranks.test.ts"], ["lib/users/ranks.test.ts"], []],
  [["./lib/users/"], ["lib/users/ranks.test.ts", "lib/users/list.test.ts"], []],
  [["lib\\users\\list.test.ts"], ["lib/users/list.test.ts"], []],
  [["ranks"], ["lib/users/ranks.test.ts", "lib/roles/ranks.test.ts"], []],
  [["roles"], ["lib/roles/ranks.test.ts"], ["e2e/roles.spec.ts"]],
  [["lib/users", "ranks"], [...files.slice(0, 3)], []],
])("%j finds test files", (words, unit, browser) => {
  expect(read(...words)).toEqual([[], unit, browser]);
});

test("a part and a file: the part whole, the file where it is not in the part", () => {
  expect(read("lint", "list")).toEqual([["lint"], ["lib/users/list.test.ts"], []]);
  expect(read("unit", "roles")).toEqual([["unit"], [], ["e2e/roles.spec.ts"]]);
});

test("what matches nothing is refused, with what would be accepted", () => {
  expect(() => read("ranks", "lib/user/ranks.test.ts")).toThrow(
    /"lib\/user\/ranks\.test\.ts".*\(lint, unit, e2e\)/s,
  );
});
