import { describe, expect, test } from "vitest";
import { AppError } from "#lib/kernel/errors.ts";
import { patched } from "./patch.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const one = { id: "1", emails: [{ type: "work", value: "a@x", primary: true }], name: { givenName: "A" } };

describe("a path", () => {
  test("names an attribute, a part, an element by filter, with or without its schema, in any case", () => {
    const change = (path: string, value: unknown) => patched(one, [{ op: "replace", path, value }]);
    expect(change("title", "Boss")).toEqual({ ...one, title: "Boss" });
    expect(change("NAME.GivenName", "B")).toEqual({ ...one, name: { givenName: "B" } });
    expect(change(`${core}:title`, "Boss")).toEqual({ ...one, title: "Boss" });
    expect(change(`${enterprise}:department`, "IT")).toEqual({ ...one, [enterprise]: { department: "IT" } });
    expect(change(`${enterprise}:manager.value`, "7")).toEqual({
      ...one,
      [enterprise]: { manager: { value: "7" } },
    });
    expect(change(enterprise, { division: "D" })).toEqual({ ...one, [enterprise]: { division: "D" } });
    expect(change('emails[type eq "work"].value', "b@x").emails).toEqual([
      { ...one.emails[0], value: "b@x" },
    ]);
    expect(change('emails[value eq "a@x" and primary eq true].type', "home").emails).toEqual([
      { ...one.emails[0], type: "home" },
    ]);
  });

  test("that fits nothing makes the element that it describes, as Entra expects", () => {
    const path = 'phoneNumbers[type eq "mobile"].value';
    for (const op of ["add", "replace"] as const)
      expect(patched(one, [{ op, path, value: "1" }]).phoneNumbers).toEqual([{ type: "mobile", value: "1" }]);
    expect(() => patched(one, [{ op: "replace", path: 'emails[type ne "work"].value', value: "b" }])).toThrow(
      expect.objectContaining({ reason: "noTarget" }),
    );
    expect(patched(one, [{ op: "remove", path }])).toEqual(one);
  });
});

test("without a path every name is one", () => {
  const value = { active: false, "name.familyName": "Z", [`${enterprise}:department`]: "IT", nickName: null };
  expect(patched({ ...one, nickName: "x" }, [{ op: "replace", value }])).toEqual({
    ...one,
    active: false,
    name: { givenName: "A", familyName: "Z" },
    [enterprise]: { department: "IT" },
  });
});

test("lists grow by what is new, and lose by filter, by value or altogether", () => {
  const members = { members: [{ value: "1" }, { value: "2" }] };
  const change = (op: "add" | "remove" | "replace", path: string, value?: unknown) =>
    patched(members, [{ op, path, value }]).members;
  expect(change("add", "members", [{ value: "2", display: "x" }, { value: "3" }])).toHaveLength(3);
  expect(change("add", "members", { value: "3" })).toHaveLength(3);
  expect(change("remove", 'members[value eq "1"]')).toEqual([{ value: "2" }]);
  expect(change("remove", 'members[value eq "1" or value eq "2"]')).toBeUndefined();
  expect(change("remove", "members", [{ $ref: null, value: "2" }])).toEqual([{ value: "1" }]);
  expect(change("remove", "members", [])).toHaveLength(2);
  expect(change("remove", "members")).toBeUndefined();
  expect(change("replace", "members", [{ value: "9" }])).toEqual([{ value: "9" }]);
});

test("the resource that is given stays as it is", () => {
  const before = structuredClone(one);
  patched(one, [{ op: "add", path: "emails", value: [{ value: "b@x" }] }]);
  expect(one).toEqual(before);
});

test("what cannot be read is refused, and nothing reaches behind an object", () => {
  const refusals: [string, string | undefined, unknown][] = [
    ["invalidPath", "a b", 1],
    ["invalidPath", "emails[type eq].value", 1],
    ["invalidPath", "x".repeat(1001), 1],
    ["invalidPath", "__proto__.polluted", 1],
    ["invalidPath", "constructor.prototype", 1],
    ["invalidPath", "name.__proto__", 1],
    ["invalidPath", 'emails[__proto__ eq "1"].value', 1],
    ["invalidValue", undefined, "text"],
    ["invalidPath", undefined, JSON.parse('{"__proto__.polluted":1}')],
  ];
  for (const [reason, path, value] of refusals) {
    const attempt = () => patched(one, [{ op: "add", path, value }]);
    expect(attempt, String(path)).toThrow(AppError);
    expect(attempt, String(path)).toThrow(expect.objectContaining({ reason }));
  }
  expect(() => patched(one, [{ op: "remove" }])).toThrow(expect.objectContaining({ reason: "noTarget" }));
  for (const path of ["toString.polluted", "valueOf.polluted", "hasOwnProperty.x"])
    patched(one, [{ op: "add", path, value: "polluted" }]);
  expect([{}.toString, {}.valueOf].some((inherited) => "polluted" in inherited)).toBe(false);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});
