import fc from "fast-check";
import { expect, test } from "vitest";
import { normaliseKey } from "./normalise.ts";

test.each([
  ["Jane.Doe", "jane.doe"],
  ["  JANE@EXAMPLE.COM ", "jane@example.com"],
  ["ｊａｎｅ", "jane"],
  ["ﬁona", "fiona"],
  ["Zoe\u0308", "zoë"],
  ["STRASSE", "strasse"],
])("%j is compared as %j", (text, key) => {
  expect(normaliseKey(text)).toBe(key);
});

test("normalising a normalised text changes nothing: every single character", () => {
  const changed: string[] = [];
  for (let point = 0; point <= 0x10ffff; point++) {
    const once = normaliseKey(String.fromCodePoint(point));
    if (normaliseKey(once) !== once) changed.push(point.toString(16));
  }
  expect(changed).toEqual([]);
});

test("normalising a normalised text changes nothing: any text", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }));
  fc.assert(
    fc.property(text, (typed) => {
      const once = normaliseKey(typed);
      expect(normaliseKey(once)).toBe(once);
    }),
    { numRuns: 2000 },
  );
});
