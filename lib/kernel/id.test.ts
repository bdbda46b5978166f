import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { newId } from "./id.ts";

test("ids are UUIDs of version 7 that sort by the instant of their making", () => {
  const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 });
  fc.assert(
    fc.property(instant, instant, (a, b) => {
      fc.pre(a !== b);
      const ids = [newId(a), newId(b)];
      for (const id of ids) expect(z.uuidv7().safeParse(id).success).toBe(true);
      expect((ids[0] as string) < (ids[1] as string)).toBe(a < b);
    }),
  );
});

test("ids of one instant all differ", () => {
  expect(new Set(Array.from({ length: 10_000 }, () => newId(0))).size).toBe(10_000);
});
