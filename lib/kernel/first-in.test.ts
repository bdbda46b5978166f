import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { firstIn } from "./first-in.ts";
import { registry } from "./registry.ts";

beforeEach(() => void registry().slots.delete("first in"));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("each key of a kind is the first once in a period", () => {
  const ask = () => [firstIn(1_000, "one", "a"), firstIn(1_000, "one", "b"), firstIn(1_000, "other", "a")];
  expect([ask(), ask()]).toEqual([
    [true, true, true],
    [false, false, false],
  ]);
  vi.advanceTimersByTime(1_000);
  expect(ask()).toEqual([true, true, true]);
});

test("plenty of keys are no way around it", () => {
  const firsts = Array.from({ length: 5_000 }, (_, key) => firstIn(1_000, "one", String(key)));
  expect(firsts.filter(Boolean)).toHaveLength(100);
});
