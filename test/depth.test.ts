import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { depths, readDepth } from "./depth.ts";
import { root } from "./installation.ts";
import { spread } from "./spread.ts";

test("a desk and CI differ in every entry, and CI runs more", () => {
  for (const { desk, full } of Object.values(depths)) expect(Number(full)).toBeGreaterThan(Number(desk));
});

test("TEST_DEPTH names a level, and entries that differ from it", () => {
  expect(readDepth("desk").values).toMatchObject({ walkSteps: 1_000, wholeAxe: false });
  expect(readDepth("full").values).toMatchObject({ walkSteps: 21_500, wholeAxe: true });
  const { values, story } = readDepth("full,walkSteps=7,rulesMutants=all,wholeAxe=0,seed=42,from=3");
  expect(values).toMatchObject({ walkSteps: 7, rulesMutants: Number.POSITIVE_INFINITY, wholeAxe: false });
  expect(values.raceRounds).toBe(depths.raceRounds.full);
  expect(story).toEqual({ seed: 42, from: 3 });
});

test.each([
  "",
  "deep",
  "full,steps=3",
  "full,walkSteps",
  "full,walkSteps=many",
  "walkSteps=3",
  "full,toString=1",
])('TEST_DEPTH="%s" is refused, with what would be understood', (words) => {
  expect(() => readDepth(words)).toThrow(/TEST_DEPTH does not know .* walkSteps, /);
});

test("docs/testing.md shows the depths as they are", () => {
  const document = readFileSync(join(root, "docs", "testing.md"), "utf8");
  const shown = [...document.matchAll(/^\| `(\w+)` +\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm)].map(
    ([, ...row]) => row,
  );
  const words = (value: number | boolean) => {
    if (typeof value === "boolean") return value ? "yes" : "no";
    return value === Number.POSITIVE_INFINITY ? "all" : value.toLocaleString("en-US");
  };
  expect(shown).toEqual(
    Object.entries(depths).map(([name, { desk, full, skips }]) => [name, words(desk), words(full), skips]),
  );
});

test("a part of a list is spread over it, and some days show all of it", () => {
  const list = Array.from({ length: 69 }, (_, index) => index);
  for (const turn of [0, 1, 20_786]) {
    const few = spread(list, 12, turn).sort((one, other) => one - other);
    expect(new Set(few).size).toBe(12);
    for (const [index, one] of few.slice(1).entries()) expect(one - (few[index] as number)).toBeLessThan(12);
  }
  const week = [0, 1, 2, 3, 4, 5].flatMap((turn) => spread(list, 12, 20_786 + turn));
  expect(new Set(week).size).toBe(69);
  expect(spread(list, Number.POSITIVE_INFINITY)).toEqual(list);
});
