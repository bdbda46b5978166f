import fc from "fast-check";
import { expect, test } from "vitest";
import { clampPosition, move } from "./grid-navigation.ts";

const size = { rows: 25, columns: 9, page: 10 };
const from = { row: 5, column: 4 };

test.each([
  ["ArrowUp", false, { row: 4, column: 4 }],
  ["ArrowDown", false, { row: 6, column: 4 }],
  ["ArrowLeft", false, { row: 5, column: 3 }],
  ["ArrowRight", false, { row: 5, column: 5 }],
  ["Home", false, { row: 5, column: 0 }],
  ["End", false, { row: 5, column: 8 }],
  ["Home", true, { row: 0, column: 0 }],
  ["End", true, { row: 24, column: 8 }],
  ["ArrowDown", true, { row: 24, column: 4 }],
  ["ArrowLeft", true, { row: 5, column: 0 }],
  ["PageDown", false, { row: 15, column: 4 }],
  ["PageUp", false, { row: 0, column: 4 }],
])("%s with ctrl %s leads where the data grid pattern says", (key, ctrlKey, to) => {
  expect(move(from, { key, ctrlKey }, size)).toEqual(to);
  expect(move(from, { key, metaKey: ctrlKey }, size)).toEqual(to);
});

test.each([" ", "Enter", "Escape", "Tab", "a"])("%j does not move", (key) => {
  expect(move(from, { key }, size)).toBeUndefined();
});

test("no walk leaves the grid", () => {
  const keys = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"];
  const step = fc.record({ key: fc.constantFrom(...keys), ctrlKey: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(step),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 9 }),
      (steps, rows, columns) => {
        let at = { row: 0, column: 0 };
        for (const pressed of steps) at = move(at, pressed, { rows, columns, page: 7 }) ?? at;
        expect(at).toEqual(clampPosition(at, { rows, columns }));
      },
    ),
  );
});
