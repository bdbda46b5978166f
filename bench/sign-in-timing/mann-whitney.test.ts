import { expect, test } from "vitest";
import { mannWhitney } from "./mann-whitney.ts";

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test("equal samples cannot be told apart", () => {
  expect(mannWhitney(upTo(50), upTo(50))).toEqual({ larger: 0.5, p: expect.closeTo(1, 5) });
});

test("a sample that lies above the other is told at once", () => {
  const above = upTo(50).map((value) => value + 50);
  const { larger, p } = mannWhitney(above, upTo(50));
  expect(larger).toBe(1);
  expect(p).toBeLessThan(1e-12);
});

test("with eight a side U = 11 lies 2.2 deviations from the mean of 32: p = 0.027", () => {
  const a = [1, 2, 3, 4, 5, 7, 9, 16];
  const b = [6, 8, 10, 11, 12, 13, 14, 15];
  const { larger, p } = mannWhitney(a, b);
  expect(larger * 64).toBe(11);
  expect(p).toBeCloseTo(0.0274, 4);
});
