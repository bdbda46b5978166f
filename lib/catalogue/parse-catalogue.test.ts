import { describe, expect, test } from "vitest";
import { StartError } from "#lib/kernel/errors.ts";
import { CatalogueError, parseCatalogue } from "./parse-catalogue.ts";

const sound = `catalogue: shop
label: Shop
assignment: multiple
groups:
  - { key: all, label: Everything }
permissions:
  - key: manage
    label: Manage
    group: all
  - key: look
    label: Look
    group: all
roles:
  - key: owner
    label: Owner
    superuser: true
  - key: guest
    label: Guest
    grants: [look]
firstUserRoles: [owner]
newUserRoles: [guest]
capabilities:
  manageUsers: manage
`;

/** `line: path: message` of each problem. */
function problemsOf(text: string): string[] {
  try {
    parseCatalogue(text, "shop.yaml");
  } catch (error) {
    if (error instanceof CatalogueError) {
      return error.problems.map(({ line, path, message }) => `${line}: ${path}: ${message}`);
    }
    throw error;
  }
  return [];
}

const changed = (from: string, to: string) => problemsOf(sound.replace(from, to));

test("a sound catalogue is read, with its defaults filled in", () => {
  const catalogue = parseCatalogue(sound, "shop.yaml");
  expect(catalogue.roles[1]).toMatchObject({ key: "guest", rank: 0, locked: false, api: "full" });
  expect(catalogue.roles[1]?.grants).toEqual([{ permission: "look", limits: [] }]);
  expect(catalogue.customRoles).toMatchObject({ enabled: false, keyPattern: "^[a-z0-9_]+$" });
});

describe("each problem names line, place, expectation and finding", () => {
  test("a value of another type", () => {
    expect(changed("label: Guest", "label: Guest\n    rank: high")).toEqual([
      '19: roles[1].rank: expected a number, found "high"',
    ]);
    expect(changed("label: Shop", "label: 5")).toEqual(["2: label: expected text, found 5"]);
    expect(changed("firstUserRoles: [owner]", "firstUserRoles: owner")).toEqual([
      '20: firstUserRoles: expected a list, found "owner"',
    ]);
  });

  test("a missing value, at the line of what it belongs to", () => {
    expect(changed("    label: Look\n", "")).toEqual([
      "10: permissions[1].label: expected text, found nothing",
    ]);
    expect(changed("    label: Look\n", "    label:\n")).toEqual([
      "11: permissions[1].label: expected text, found nothing",
    ]);
    expect(changed("firstUserRoles: [owner]\n", "")).toEqual([
      "1: firstUserRoles: expected a list, found nothing",
    ]);
  });

  test("a word that is none of the allowed", () => {
    expect(changed("multiple", "mutliple")).toEqual([
      '3: assignment: expected one of single, multiple, found "mutliple" (did you mean multiple?)',
    ]);
    expect(changed("label: Everything }", "label: Everything, risk: extreme }")).toEqual([
      '5: groups[0].risk: expected one of low, medium, medium-high, high, found "extreme"',
    ]);
  });

  test("an unknown key, with the one that was probably meant", () => {
    expect(changed("    label: Look", "    label: Look\n    implys: [manage]")).toEqual([
      "12: permissions[1].implys: expected one of the keys key, label, description, group, implies, dangerous, feature, " +
        'found "implys" (did you mean implies?)',
    ]);
    expect(changed("manageUsers: manage", "manageUsers: manage\n  manegeRoles: manage")).toEqual([
      expect.stringMatching(/^24: capabilities\.manegeRoles: .*\(did you mean manageRoles\?\)$/),
    ]);
    expect(changed("label: Shop", "label: Shop\nzebra: 1")).toEqual([
      expect.stringMatching(/^3: zebra: expected one of the keys catalogue, label, .*, found "zebra"$/),
    ]);
  });

  test("a key that is no key, a list too short, a number out of range", () => {
    expect(changed("key: look", "key: 2look")).toEqual([
      '10: permissions[1].key: expected a key: a letter, then letters, digits, . _ -, found "2look"',
    ]);
    expect(changed("newUserRoles: [guest]", "newUserRoles: []")).toEqual([
      "21: newUserRoles: expected at least 1 entry, found an empty list",
    ]);
    expect(changed("label: Guest", "label: Guest\n    rank: -1")).toEqual([
      "19: roles[1].rank: expected at least 0, found -1",
    ]);
  });

  test("a reference to something that is not in the file", () => {
    expect(changed("grants: [look]", "grants:\n      - look\n      - lock")).toEqual([
      expect.stringMatching(/^21: roles\[1\]\.grants\[1\]: .*"lock"/),
    ]);
    expect(changed("newUserRoles: [guest]", "newUserRoles: [guests]")).toEqual([
      expect.stringMatching(/^21: newUserRoles\[0\]: .*"guests"/),
    ]);
  });
});

describe("in a grant", () => {
  const grant = (text: string) => changed("grants: [look]", `grants:\n      - ${text}`);

  test("the shape that was meant is the one explained", () => {
    expect(grant("{ permission: look, limits: [{ scope: galaxy }] }")).toEqual([
      '20: roles[1].grants[0].limits[0].scope: expected one of global, organization, team, personal, found "galaxy"',
    ]);
    expect(grant("{ permision: look, limits: [{ scope: team }] }")).toEqual([
      "20: roles[1].grants[0].permission: expected text, found nothing",
      expect.stringContaining('found "permision" (did you mean permission?)'),
    ]);
    expect(
      grant("{ permission: look, limits: [{ where: [{ attribute: a, test: near, value: 1 }] }] }"),
    ).toEqual([
      '20: roles[1].grants[0].limits[0].where[0].test: expected one of in, inGroup, gte, lte, withinDays, found "near"',
    ]);
  });

  test("what fits no shape is told all of them", () => {
    expect(grant("5")).toEqual([
      "20: roles[1].grants[0]: expected text, or a mapping of keys to values, found 5",
    ]);
    expect(changed("label: Guest", "label: Guest\n    api: ful")).toEqual([
      '19: roles[1].api: expected one of full, read_only, none, or a mapping of keys to values, found "ful"',
    ]);
  });
});

describe("the file itself", () => {
  test("has each key once, and the rest is checked all the same", () => {
    expect(changed("label: Guest", "label: Guest\n    label: Visitor\n    rank: high")).toEqual([
      '19: : expected each key once, found "label" a second time',
      '20: roles[1].rank: expected a number, found "high"',
    ]);
  });

  test("is YAML, one document, not empty", () => {
    expect(problemsOf("label: [a, b\ncatalogue: x\n")[0]).toMatch(/^\d: : expected valid YAML: /);
    expect(problemsOf(`${sound}---\n${sound}`)).toEqual([
      expect.stringMatching(/expected valid YAML: .*documents/),
    ]);
    expect(problemsOf("")).toEqual(["1: : expected a mapping of keys to values, found nothing"]);
    expect(problemsOf("just text")).toEqual(['1: : expected a mapping of keys to values, found "just text"']);
    expect(problemsOf(sound.replace("label: Shop", "label: !!js/function x"))).toEqual([
      expect.stringMatching(/^2: : expected valid YAML: /),
    ]);
  });

  test("may use anchors; a problem inside one is told where it is written", () => {
    const anchored = sound.replace(
      "grants: [look]",
      "grants: &few [look]\n  - { key: b, label: B, grants: *few }",
    );
    expect(parseCatalogue(anchored, "shop.yaml").roles[2]?.grants).toEqual([
      { permission: "look", limits: [] },
    ]);
    expect(problemsOf(anchored.replace("[look]", "[lock]"))).toEqual([
      expect.stringMatching(/^19: roles\[1\]\.grants\[0\]: /),
      expect.stringMatching(/^19: roles\[2\]\.grants\[0\]: /),
    ]);
    expect(changed("[look]", "*nowhere")).toEqual([expect.stringMatching(/: : .*nowhere/)]);
  });

  test("cannot exhaust the console: alias bombs, circles, depth, size", () => {
    const steps = Array.from(
      { length: 12 },
      (_, step) => `a${step + 1}: &a${step + 1} [${`*a${step}, `.repeat(9)}]`,
    );
    const bomb = `a0: &a0 [x, x]\n${steps.join("\n")}\n`;
    expect(problemsOf(bomb)).toEqual([expect.stringContaining("expected few and simple anchors")]);
    expect(problemsOf("roles: &r [*r]\n")[0]).toMatch(/^1: /);
    expect(problemsOf(`roles: ${"[".repeat(200_000)}`)[0]).toMatch(/^1: : expected .*YAML/);
    expect(problemsOf(`${sound}# ${"x".repeat(3_000_000)}`)).toEqual([
      "1: : expected at most 2 MiB, found more",
    ]);
    expect(changed("label: Shop", "__proto__: { label: Shop }")).toEqual(
      expect.arrayContaining([expect.stringContaining("__proto__")]),
    );
  });
});

test("the error stops the start and reads well in a terminal: every problem on a line of its own, in file order", () => {
  const broken = sound.replace("multiple", "many").replace("label: Guest", "label: 7");
  const error = (() => {
    try {
      return parseCatalogue(broken, "/etc/shop.yaml");
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toBeInstanceOf(StartError);
  expect((error as StartError).message.split("\n")).toEqual([
    "The catalogue /etc/shop.yaml has 2 problems. Correct it and start again; docs/catalogue-format.md explains the format.",
    '  /etc/shop.yaml:3: assignment: expected one of single, multiple, found "many"',
    "  /etc/shop.yaml:18: roles[1].label: expected text, found 7",
  ]);
  const many = sound.replace("grants: [look]", `grants: [${"1, ".repeat(40)}]`);
  expect(() => parseCatalogue(many, "shop.yaml")).toThrow(/has 40 problems[\s\S]*and 10 more$/);
});
