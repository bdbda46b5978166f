import { describe, expect, test } from "vitest";
import { growth, linear } from "#test/growth.ts";
import { groupFilter, userFilter } from "./filter.ts";
import { readGroup } from "./group-document.ts";
import { resourceSchema, userChangeSchema, userResourceSchema } from "./input.ts";
import { type PatchOperation, patched } from "./patch.ts";
import { readUser } from "./user-document.ts";

const id = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
const members = (size: number) => Array.from({ length: size }, (_, index) => ({ value: id(index) }));
const reasonOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as { reason?: string }).reason;
  }
};
const accepts = (value: unknown) => userResourceSchema.safeParse(value).success;
const nested = (levels: number): unknown => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);

describe("what is sent", () => {
  test("has at most so many levels, names, elements and bytes", () => {
    expect([accepts({ a: nested(11) }), accepts({ a: nested(12) }), accepts({ a: nested(200_000) })]).toEqual(
      [true, false, false],
    );
    const names = (size: number) => Object.fromEntries(members(size).map(({ value }) => [value, 1]));
    expect([accepts(names(500)), accepts(names(501))]).toEqual([true, false]);
    const list = (length: number) => ({ a: Array.from({ length }, () => 1) });
    expect([accepts(list(2000)), accepts(list(2001))]).toEqual([true, false]);
    const around = JSON.stringify({ a: "" }).length;
    const sized = (letter: string, length: number) => accepts({ a: letter.repeat(length) });
    expect([sized("a", 65_536 - around), sized("a", 65_537 - around), sized("é", 40_000)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("as operations is at most a thousand", () => {
    const operations = (length: number) =>
      userChangeSchema.safeParse({
        kind: "patch",
        operations: Array.from({ length }, () => ({ op: "add", path: "a", value: 1 })),
      }).success;
    expect([operations(1000), operations(1001)]).toEqual([true, false]);
  });
});

describe("a filter", () => {
  test("has at most twenty conditions, wherever they stand", () => {
    const and = (size: number) => Array.from({ length: size }, () => 'userName eq "a"').join(" and ");
    expect([reasonOf(() => userFilter(and(20))), reasonOf(() => userFilter(and(21)))]).toEqual([
      undefined,
      "invalidFilter",
    ]);
    expect(reasonOf(() => userFilter(`emails[${and(20).replaceAll("userName", "value")}]`))).toBe(
      "invalidFilter",
    );
    expect(reasonOf(() => groupFilter("not (".repeat(300)))).toBe("invalidFilter");
  });

  // The parser would take longer than the sun for this.
  test("with line breaks in a quotation that never ends is refused at once", () => {
    const text = `userName eq "${"\n".repeat(500)}`;
    expect(reasonOf(() => userFilter(text))).toBe("invalidFilter");
    const operation: PatchOperation = { op: "remove", path: `emails[value eq "${"\n".repeat(500)}]` };
    expect(reasonOf(() => patched({}, [operation]))).toBe("invalidPath");
  });
});

describe("a PATCH", () => {
  test("changes at most two thousand attributes, and looks at no list too often", () => {
    const named = (size: number) => ({
      op: "add" as const,
      value: Object.fromEntries(members(size).map(({ value }) => [`a${value}`, 1])),
    });
    expect(reasonOf(() => patched({}, [named(400), named(400), named(400), named(400), named(400)]))).toBe(
      undefined,
    );
    expect(
      reasonOf(() =>
        patched(
          {},
          Array.from({ length: 6 }, () => named(400)),
        ),
      ),
    ).toBe("invalidValue");
    const group = { members: members(1000) };
    const each = (path: (id: string) => string) =>
      group.members.map(({ value }): PatchOperation => ({ op: "remove", path: path(value) }));
    expect(
      patched(
        group,
        each((one) => `members[value eq "${one}"]`),
      ),
    ).toEqual({});
    const dear = each((one) => `members[value eq "${one}" or display eq "b" or display eq "c"].type`);
    expect(reasonOf(() => patched(group, dear))).toBe("invalidValue");
  });

  const added = (one: object): PatchOperation => ({ op: "add", path: "members", value: [one] });
  const removed = (one: object): PatchOperation => ({ op: "remove", path: "members", value: [one] });
  test.each([
    ["that each add a member", added, 0],
    ["that each remove a member of many", removed, 900],
  ] as const)("takes time linear in its operations %s", async (_name, make, present) => {
    const work = (size: number) => {
      const operations = members(size).map(make);
      const resource = { members: members(present) };
      return () => patched(resource, operations);
    };
    expect(await growth(work, (run) => run(), 250)).toBeLessThanOrEqual(linear);
  });
});

test.each<[string, (size: number) => () => unknown]>([
  [
    "a list of members with each of them twice",
    (size) => {
      const list = {
        displayName: "a",
        members: [...members(Math.min(size, 900)), ...Array.from({ length: size }, () => ({ value: id(1) }))],
      };
      return () => readGroup(list);
    },
  ],
  [
    "a user with many addresses",
    (size) => {
      const user = { userName: "a", emails: members(size) };
      return () => readUser(user);
    },
  ],
  [
    "a resource with many parts",
    (size) => {
      const value = {
        a: members(2000).map(({ value: part }) => ({ [part]: Array.from({ length: size }, () => part) })),
      };
      return () => resourceSchema.safeParse(value);
    },
  ],
])("%s is read in linear time", async (_name, make) => {
  expect(await growth(make, (run) => run(), 400)).toBeLessThanOrEqual(linear);
});
