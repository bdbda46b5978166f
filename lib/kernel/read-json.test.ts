import { expect, test } from "vitest";
import { JsonTooLarge, readJson } from "./read-json.ts";

const generous = { values: 1_000_000, depth: 1_000 };

/** Counts what was parsed. */
function valuesIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce((sum: number, one) => sum + valuesIn(one), 1);
}
function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

const examples = [
  "1",
  ' "a" ',
  "null",
  "[]",
  "{ }",
  "[[],[ ],{}]",
  "[1,2,3]",
  '{"a":1,"b":[1,{"c":[]}]}',
  '{"a,[{":"],}\\"[{,","b":"\\\\","c\\\\":["\\\\\\"",1]}',
  '["é","\\u005b","[","😀,"]',
  '{\n\t"a" : [ 1 , [ ] , { "b" : { } } ]\r\n}',
  '[true,false,null,-1.5e3,"",[[[[""]]]]]',
];

test.each(examples)("as many values and levels as there are, and no more: %s", (text) => {
  const value: unknown = JSON.parse(text);
  const bounds = { values: valuesIn(value), depth: depthOf(value) };
  for (const sent of [text, Buffer.from(text)]) {
    expect(readJson(sent, bounds)).toEqual(value);
    for (const bound of ["values", "depth"] as const)
      expect(() => readJson(sent, { ...bounds, [bound]: bounds[bound] - 1 })).toThrow(JsonTooLarge);
  }
});

test.each(["", "[", "]", '"', '"\\', '{"a":}', "[,]", "{]", "x", "\ud800["])(
  "what is no JSON stays none: %s",
  (text) => {
    expect(() => readJson(text, generous)).toThrow(SyntaxError);
  },
);

test("what is too large is refused before it is parsed", () => {
  const parse = JSON.parse;
  let parsed = 0;
  JSON.parse = ((...given: Parameters<typeof parse>) => {
    parsed += 1;
    return parse(...given);
  }) as typeof parse;
  try {
    const bounds = { values: 100, depth: 10 };
    for (const [text, bound] of [
      [`[${"{},".repeat(100)}{}]`, "values"],
      ["[".repeat(11), "depth"],
      ['{"a":'.repeat(11), "depth"],
    ] as const)
      expect(() => readJson(text, bounds)).toThrow(expect.objectContaining({ bound }));
    expect(parsed).toBe(0);
    readJson("[]", bounds);
    expect(parsed).toBe(1);
  } finally {
    JSON.parse = parse;
  }
});
