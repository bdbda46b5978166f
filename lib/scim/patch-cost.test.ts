import { describe, expect, test } from "vitest";
import { groupChangeSchema } from "./input.ts";
import { type PatchOperation, patched } from "./patch.ts";
import { type Effort, newEffort } from "./patch-effort.ts";

const some = <T>(length: number, one: (index: number) => T) =>
  Array.from({ length }, (_, index) => one(index));
const named = (length: number, name: (index: number) => string) =>
  Object.fromEntries(some(length, (index) => [name(index), 1]));
const list = (value: unknown): PatchOperation => ({ op: "add", path: "x", value });
const each = (path: (index: number) => string, value: unknown = 1) =>
  some(999, (index): PatchOperation => ({ op: "replace", path: path(index), value }));
const remove = (path: string, value?: unknown) =>
  some(999, (): PatchOperation => ({ op: "remove", path, value }));
const nested = some(10, () => ({ a: some(40, () => ({ b: some(40, () => ({ c: 0 })) })) }));
const conditions = some(18, (index) => `a.b.c eq ${index + 1}`).join(" or ");
const members = some(1000, (index) => ({ value: `id-${index}`, display: `n ${index}`, type: "User" }));

test.each<[string, PatchOperation[]]>([
  ["filters over lists within lists", [list(nested), ...remove(`x[${conditions}].z`)]],
  [
    "filters within brackets",
    [list(some(2000, () => ({ a: 1 }))), ...remove(`x[${"not (".repeat(150)}a eq 1${")".repeat(150)}]`)],
  ],
  [
    "attributes of many parts",
    [list(some(2000, () => ({ a: 1 }))), ...remove(`x[${"a.".repeat(450)}a eq 1].z`)],
  ],
  [
    "texts searched for texts",
    [list(some(40, () => ({ a: "a".repeat(60_000) }))), ...remove(`x[a co "${"a".repeat(300)}b"].z`)],
  ],
  [
    "marks of large elements that change",
    [
      list(nested),
      ...each((index) => `x.y${index}`)
        .flatMap((one) => [one, list("q")])
        .slice(0, 999),
    ],
  ],
  ["long texts taken out", [list(some(40, (index) => "a".repeat(60_000) + index)), ...remove("x", "q")]],
  [
    "names looked for among long names",
    some(5, (time) => ({ op: "add", value: named(400, (index) => `n${time}-${index}`.padEnd(900, "x")) })),
  ],
  [
    "one large value in many places",
    [
      list(some(2000, () => ({ a: 1 }))),
      { op: "replace", path: "x[a eq 1].y", value: some(2000, () => "v".repeat(100)) },
    ],
  ],
  [
    "parts looked for among many",
    [list(some(100, () => named(400, (index) => `k${index}`))), ...each((index) => `x.y${index}`)],
  ],
  ["long paths", remove(`a[b eq "${"c".repeat(900)}"]`)],
])("what is dear in a PATCH is refused before it is done: %s", (_what, operations) => {
  const change = groupChangeSchema.parse({ kind: "patch", operations });
  expect(change.kind).toBe("patch");
  expect(() => patched({}, operations)).toThrow(expect.objectContaining({ reason: "invalidValue" }));
});

test.each<[string, PatchOperation[]]>([
  ["leave by filter", members.map(({ value }) => ({ op: "remove", path: `members[value eq "${value}"]` }))],
  ["leave by value", members.map(({ value }) => ({ op: "remove", path: "members", value: [{ value }] }))],
  ["stay", members.map((one) => ({ op: "add", path: "members", value: [one] }))],
])("a thousand members of a thousand may %s at once", (_what, operations) => {
  const after = patched({ members }, operations).members;
  expect((after as unknown[] | undefined) ?? []).toHaveLength(operations[0]?.op === "add" ? 1000 : 0);
});

test("what is sent has at most fifty thousand values", () => {
  const accepts = (lists: number) =>
    groupChangeSchema.safeParse({ kind: "put", resource: { a: some(lists, () => some(1000, () => 1)) } })
      .success;
  expect([accepts(49), accepts(50)]).toEqual([true, false]);
});

test("the operations that are given stay as they are", () => {
  const operations: PatchOperation[] = [
    list([{ value: "1" }]),
    { op: "replace", path: 'x[value eq "1"].y', value: 2 },
  ];
  const before = structuredClone(operations);
  patched({}, operations);
  expect(operations).toEqual(before);
});

describe("the effort of a PATCH", () => {
  const spent = (work: (effort: Effort) => void) => {
    const effort = newEffort();
    work(effort);
    let left = 0;
    for (let step = 1 << 20; step >= 1; step /= 2)
      try {
        effort.spend(step);
        left += step;
      } catch {
        effort.spend(-step);
      }
    return 1_500_000 - left;
  };

  test("is what is in a value, with its letters", () => {
    expect(spent((effort) => effort.weigh(1))).toBe(1);
    expect(spent((effort) => effort.weigh([1, [2, null]]))).toBe(5);
    expect(spent((effort) => effort.weigh({ a: "b".repeat(80) }))).toBe(1 + 2 + 11);
  });

  test("is spent once for what an object is known by", () => {
    const one = { value: "a" };
    const by = () => "a";
    const first = spent((effort) => effort.mark(one, by));
    expect(first).toBeGreaterThan(0);
    expect(spent((effort) => some(9, () => effort.mark(one, by)))).toBe(first);
  });
});
