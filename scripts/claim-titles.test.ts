import { describe, expect, test } from "vitest";
import { claimsIn, titlesIn } from "./claim-titles.mjs";

describe("titles of tests", () => {
  test("are the first texts of test, it and describe, with their modifiers", () => {
    const source = [
      'test("one", () => {});',
      "it('two', async () => {});",
      "describe(`three $" + "{name}`, () => { test.only('four', () => {}) });",
      'test.each([["a)", 1], [`b(`, 2]])("five %s", () => {});',
      'test.describe.serial("six", () => {});',
      'test(\n  "seven, " +\n    "continued",\n  () => {},\n);',
    ].join("\n");
    expect(titlesIn(source)).toEqual([
      "one",
      "two",
      "three $" + "{name}",
      "four",
      "five %s",
      "six",
      "seven, continued",
    ]);
  });

  test("are not in comments, other texts, regular expressions or other functions", () => {
    const source = [
      '// test("comment")',
      '/* it("comment") */',
      "const text = 'test(\"text\")';",
      'const pattern = /test\\("pattern"/;',
      "const template = `$" + '{`test("nested")`}`;',
      'regex.test("subject"); latest("x"); await test.step("step", run);',
    ].join("\n");
    expect(titlesIn(source)).toEqual([]);
  });

  test("of tests that do not run are left out, with everything inside", () => {
    const source = [
      'describe.skip("outer", () => { test("inner", () => {}); });',
      'test.todo("later"); test.fixme("broken", () => {});',
      'test("runs", () => {});',
    ].join("\n");
    expect(titlesIn(source)).toEqual(["runs"]);
  });

  test("survive divisions, apostrophes in comments and an unfinished template", () => {
    expect(titlesIn("const half = (a + b) / 2; // it's\ntest('ok', () => 4 / 2);")).toEqual(["ok"]);
    expect(titlesIn("const broken = `no end")).toEqual([]);
  });
});

// Ids are put together here, so that this file's own titles and texts name no claim.
const id = (letter: string, number: string) => `${letter}${number}`;

describe("claims in a title", () => {
  const [p1, p2, p3] = [id("P", "01"), id("P", "02"), id("P", "03")];

  test("stand alone, in lists and in ranges", () => {
    expect(claimsIn(`${p1}: each user has one role`)).toEqual([p1]);
    expect(claimsIn(`a role (${p1}, ${id("T", "07")})`)).toEqual([p1, id("T", "07")]);
    expect(claimsIn(`${p1}-${p3} hold`)).toEqual([p1, p2, p3]);
    expect(claimsIn(`${p1}–03 hold`)).toEqual([p1, p2, p3]);
    expect(claimsIn(`${p1}..${p2} and ${p2}`)).toEqual([p1, p2]);
  });

  test("are capital letter and two digits, nothing longer", () => {
    expect(claimsIn("p01 XP01 P012 P1 U2F A01 P01_")).toEqual([]);
  });

  test("of a range between different letters are just its two ends", () => {
    expect(claimsIn(`${p1}-${id("U", "02")}`)).toEqual([p1, id("U", "02")]);
  });
});
