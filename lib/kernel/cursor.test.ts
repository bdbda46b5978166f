import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { newId } from "./id.ts";

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

test("a cursor comes back as it went, in characters that a URL leaves alone", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 200 }).filter((value) => !value.includes("\0"));
  fc.assert(
    fc.property(text, fc.integer({ min: 0, max: 4e12 }), (value, at) => {
      const cursor = { value, id: newId(at) };
      const sent = encodeCursor(cursor);
      expect(sent).toMatch(/^[\w-]+$/);
      expect(decodeCursor(sent)).toEqual(cursor);
    }),
  );
});

test.each([
  ["nothing", undefined],
  ["an empty text", ""],
  ["no base64", "%%%"],
  ["no JSON", Buffer.from("{").toString("base64url")],
  ["an object", encoded({ value: "a", id: newId() })],
  ["too short a list", encoded(["a"])],
  ["too long a list", encoded(["a", newId(), "more"])],
  ["a number for a value", encoded([7, newId()])],
  ["no id", encoded(["a", "1 OR 1=1"])],
  ["a value of unbearable length", encoded(["a".repeat(1001), newId()])],
  ["a NUL in the value", encoded(["a\0", newId()])],
])("%s is no cursor", (_what, text) => {
  expect(decodeCursor(text)).toBeUndefined();
});

test("whatever is sent in place of a cursor, reading it never fails", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void decodeCursor(text)));
});
