import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type MappingRules, rolesFrom, valuesAt } from "./mapping.ts";

const rule = (value: string, role: string, claim = "groups") => ({ claim, value, role });
const rules = [rule("it-admins", "admin"), rule("staff", "user"), rule("auditors", "readonly")];
const single: MappingRules = { rules, defaultRole: "readonly", assignment: "single" };
const several: MappingRules = { ...single, assignment: "multiple" };
const rolesOf = (mapping: MappingRules, claims: Record<string, unknown>) => {
  const found = rolesFrom(mapping, claims);
  return found.kind === "roles" ? found.roles : found.why;
};

describe("which roles claims make", () => {
  test("with one role each the first rule that fits gives it, with several all do", () => {
    const claims = { groups: ["auditors", "staff", "it-admins"] };
    expect(rolesOf(single, claims)).toEqual(["admin"]);
    expect(rolesOf(several, claims)).toEqual(["admin", "user", "readonly"]);
    expect(rolesFrom(single, claims)).toMatchObject({ by: [rules[0]] });
  });

  test("nobody's groups fit: the default role; without one, none", () => {
    expect(rolesOf(single, { groups: ["others"] })).toEqual(["readonly"]);
    expect(rolesOf(single, { groups: [] })).toEqual(["readonly"]);
    expect(rolesOf({ ...several, defaultRole: undefined }, { groups: [] })).toEqual([]);
  });

  test.each([
    ["in any case and width", { groups: ["IT-Admins"] }],
    ["a single text", { groups: "it-admins" }],
    ["an object with a name", { groups: [{ id: "9", name: "it-admins" }] }],
    ["an object with an id", { groups: [{ id: "it-admins", name: "Administrators" }] }],
    ["as SCIM writes it", { groups: [{ value: "9", display: "it-admins" }] }],
  ])("%s", (_what, claims) => expect(rolesOf(single, claims)).toEqual(["admin"]));

  test.each([
    ["part of a value", { groups: ["it-admins-of-berlin", "not it-admins"] }],
    ["a value with something around it", { groups: ["it-admins,staff"] }],
  ])("%s is not the value", (_what, claims) => expect(rolesOf(single, claims)).toEqual(["readonly"]));
});

describe("a claim in a claim", () => {
  test.each([
    ["realm_access.roles", { realm_access: { roles: ["x"] } }],
    ["resource_access.my.app.roles", { resource_access: { "my.app": { roles: ["x"] } } }],
    ["https://example.com/roles", { "https://example.com/roles": ["x"] }],
    ["a.b", { "a.b": ["x"], a: { b: ["y"] } }],
  ])("%s", (path, claims) => expect(valuesAt(claims, path)).toEqual(["x"]));

  test.each(["constructor", "__proto__", "toString", "groups.length", "groups.0", "a..b", ".", ""])(
    "%j is no claim of anybody's",
    (path) => expect(valuesAt({ groups: ["x"] }, path)).toBeUndefined(),
  );
});

describe("what is not there is never read as nothing", () => {
  test.each([
    ["missing", {}, "claim_missing"],
    ["null", { groups: null }, "claim_missing"],
    ["of no shape that can be read", { groups: [["it-admins"], {}] }, "claim_missing"],
    ["elsewhere, says Entra", { _claim_names: { groups: "src1" } }, "overage"],
    ["too many for the token, says Entra", { hasgroups: true }, "overage"],
  ])("%s", (_what, claims, why) => expect(rolesFrom(single, claims)).toMatchObject({ kind: "unread", why }));

  test("one missing claim of two leaves all roles alone", () => {
    const mapping = { ...several, rules: [...rules, rule("berlin", "host_manager", "site")] };
    expect(rolesFrom(mapping, { groups: ["staff"] })).toEqual({
      kind: "unread",
      why: "claim_missing",
      claim: "site",
    });
    expect(rolesOf(mapping, { groups: ["staff"], site: "berlin" })).toEqual(["user", "host_manager"]);
  });

  test("a claim that no rule reads may be missing", () => {
    expect(rolesOf({ ...single, rules: [] }, {})).toEqual(["readonly"]);
  });
});

test("whatever a provider sends, the answer is roles of rules that fit, the default, or that it was not read", () => {
  const names = fc.constantFrom("groups", "a.b", "roles");
  const values = fc.constantFrom("x", "Y", "z ", "");
  const roles = fc.constantFrom("one", "two", "three");
  const mapping = fc.record({
    rules: fc.array(fc.record({ claim: names, value: values, role: roles }), { maxLength: 6 }),
    defaultRole: fc.option(roles, { nil: undefined }),
    assignment: fc.constantFrom("single" as const, "multiple" as const),
  });
  const claims = fc.oneof(
    fc.dictionary(names, fc.oneof(fc.array(values), values)),
    fc.dictionary(fc.string(), fc.jsonValue()),
  );
  fc.assert(
    fc.property(mapping, claims, (given, said) => {
      const answer = rolesFrom(given, said as Record<string, unknown>);
      if (answer.kind === "unread") {
        expect(given.rules.some(({ claim }) => claim === answer.claim)).toBe(true);
        expect(valuesAt(said as Record<string, unknown>, answer.claim ?? "")).toBeUndefined();
        return;
      }
      const fits = given.rules.filter(({ claim, value }) =>
        valuesAt(said as Record<string, unknown>, claim)?.includes(value.trim().toLowerCase()),
      );
      const expected = given.assignment === "single" ? fits.slice(0, 1) : fits;
      expect(answer.by).toEqual(expected);
      const or = given.defaultRole === undefined ? [] : [given.defaultRole];
      expect(answer.roles).toEqual(expected.length > 0 ? [...new Set(expected.map(({ role }) => role))] : or);
    }),
    { numRuns: 2000 },
  );
});
