import { expect, test } from "vitest";
import { median, quantile, ratio } from "./arithmetic.ts";

test("the median and other quantiles are values that were seen, whatever their order", () => {
  expect(median([5, 1, 9])).toBe(5);
  expect(quantile([4, 3, 2, 1], 0.95)).toBe(4);
  expect(quantile([10, 20], 0)).toBe(10);
  expect(median([])).toBeNaN();
});

test("a ratio is known where both sides are, and nothing is divided by nothing", () => {
  expect(ratio(6, 3)).toBe(2);
  expect(ratio(undefined, 3)).toBeUndefined();
  expect(ratio(6, undefined)).toBeUndefined();
  expect(ratio(6, 0)).toBeUndefined();
});
