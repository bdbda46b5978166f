import { describe, expect, test } from "vitest";
import { cataloguePolicy, explainRoleExpression, parseRoleExpression } from "#lib/access/index.ts";
import { type Cell, decided, held, load, type Table, wellDescribed } from "./role-table.ts";

const rudder = await load("rudder");
const { catalogue, policy } = rudder;

const types = [
  "administration",
  "compliance",
  "configuration",
  "deployer",
  "deployment",
  "directive",
  "group",
  "node",
  "parameter",
  "rule",
  "technique",
  "userAccount",
  "validator",
];
const levels = { r: "read", w: "write", e: "edit" };

// One line a type, one column a role: r read, w write, e edit. The columns are
// administrator, administration_only, user, configuration, read_only, inventory, rule_only, workflow, compliance,
// deployer, validator, no_rights.
const roleTable = byLevel(`
                  administrator administration_only user configuration read_only inventory rule_only workflow compliance deployer validator no_rights
  administration  rwe           rwe                 ---  ---           r--       ---       ---       ---      ---        ---      ---       ---
  compliance      rwe           ---                 ---  ---           r--       ---       ---       rwe      rwe        rwe      rwe       ---
  configuration   rwe           ---                 rwe  rwe           r--       ---       r--       r--      r--        r--      r--       ---
  deployer        rwe           ---                 ---  ---           r--       ---       ---       rwe      ---        rwe      ---       ---
  deployment      rwe           ---                 ---  ---           r--       ---       ---       ---      ---        ---      ---       ---
  directive       rwe           ---                 rwe  rwe           r--       ---       ---       r--      r--        r--      r--       ---
  group           rwe           ---                 rwe  ---           r--       ---       ---       r--      r--        r--      r--       ---
  node            rwe           ---                 rwe  ---           r--       r--       ---       r--      r--        r--      r--       ---
  parameter       rwe           ---                 rwe  rwe           r--       ---       ---       r--      r--        r--      r--       ---
  rule            rwe           ---                 rwe  rwe           r--       ---       r--       r--      r--        r--      r--       ---
  technique       rwe           ---                 rwe  rwe           r--       ---       ---       r--      r--        r--      r--       ---
  userAccount     rwe           rwe                 rwe  rwe           rwe       rwe       rwe       rwe      rwe        rwe      rwe       ---
  validator       rwe           ---                 ---  ---           r--       ---       ---       rwe      ---        ---      rwe       ---
`);

function byLevel(text: string): Table {
  const [roles = [], ...rows] = text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
  const table: Table = {};
  for (const [type, ...marks] of rows) {
    for (const [letter, level] of Object.entries(levels)) {
      const cells = marks.map((mark): Cell => (mark.includes(letter) ? "allow" : "deny"));
      table[`${type}_${level}`] = Object.fromEntries(
        roles.map((role, column) => [role, cells[column] ?? "deny"]),
      );
    }
  }
  return table;
}

const read = (expression: string) => parseRoleExpression(expression, catalogue);
const explained = (expression: string) => explainRoleExpression(read(expression), cataloguePolicy(catalogue));

/** What a user holds whose role expression is this list: roles, rights and short names. */
const heldBy = (expression: string): string[] => [...explained(expression).rights.keys()].sort();

const ownAccount = ["userAccount_edit", "userAccount_read", "userAccount_write"];

test("R01: the twelve predefined roles have exactly the access of the table", () => {
  expect(Object.keys(roleTable)).toHaveLength(39);
  expect(decided(rudder)).toEqual(roleTable);
  expect(wellDescribed(catalogue)).toBe(true);
});

test("no_rights beats whatever else its holder has, administrator included", () => {
  expect(held(policy, "user", "no_rights")).toEqual([]);
  expect(held(policy, "no_rights", "administrator")).toEqual([]);
});

describe("R04: rights are type_level for 13 types and the levels read, write, edit and all", () => {
  const allOf = (type: string) => Object.values(levels).map((level) => `${type}_${level}`);

  test("R04: there are exactly these rights and short names", () => {
    expect(catalogue.permissions.map(({ key }) => key)).toEqual(types.flatMap(allOf));
    const short = catalogue.aliases.map(({ key }) => key).filter((key) => key !== "configuration_read");
    expect(short).toEqual([...types.map((type) => `${type}_all`), "any"]);
  });

  test.each(types)("R04: %s_write and _edit include reading, _all is all three", (type) => {
    expect(heldBy(`${type}_write`)).toEqual(expect.arrayContaining([`${type}_read`, `${type}_write`]));
    expect(heldBy(`${type}_write`)).not.toContain(`${type}_edit`);
    expect(heldBy(`${type}_edit`)).toEqual(expect.arrayContaining([`${type}_edit`, `${type}_read`]));
    expect(heldBy(`${type}_edit`)).not.toContain(`${type}_write`);
    expect(heldBy(`${type}_read`)).not.toContain(`${type}_write`);
    expect(heldBy(`${type}_all`)).toEqual(expect.arrayContaining(allOf(type)));
  });

  test("any is every right there is", () => {
    expect(heldBy("any")).toEqual(Object.keys(roleTable).sort());
  });
});

test("R05: rule_only with administration_only gives administration, the rules and their menu, nothing else", () => {
  const expected = [
    "administration_edit",
    "administration_read",
    "administration_write",
    "configuration_read",
    "rule_read",
    ...ownAccount,
  ];
  expect(held(policy, "rule_only", "administration_only")).toEqual(expected);
  expect(heldBy("rule_only,administration_only")).toEqual(expected);
});

test("R06: configuration_read allows reading rules, directives and parameters", () => {
  expect(heldBy("configuration_read")).toEqual([
    "configuration_read",
    "directive_read",
    "parameter_read",
    "rule_read",
  ]);
});

test("R07: rule_write and node_read together allow reading and writing rules, and reading nodes", () => {
  expect(heldBy("rule_write,node_read")).toEqual(["node_read", "rule_read", "rule_write"]);
});

describe("R02: a role expression is a list whose entries add up", () => {
  test("R02: each entry adds what those before it do not give", () => {
    const added = explained("inventory, rule_read,rule_only").entries.map(({ key, adds }) => [key, adds]);
    expect(added).toEqual([
      ["inventory", ["node_read", "userAccount_read", "userAccount_write", "userAccount_edit"]],
      ["rule_read", ["rule_read"]],
      ["rule_only", ["configuration_read"]],
    ]);
  });

  test("R02: space, case, commas at the end and doubles do not count", () => {
    expect(read(" Rule_Only ,useraccount_READ,rule_only, ANY,, ")).toMatchObject({
      roles: ["rule_only"],
      unknown: [],
    });
    expect(read("USERACCOUNT_ALL").permissions).toEqual([
      "userAccount_read",
      "userAccount_write",
      "userAccount_edit",
    ]);
    expect(read("")).toEqual({ roles: [], permissions: [], known: [], unknown: [] });
  });

  test("R02: no_rights among others leaves nothing", () => {
    expect(heldBy("administrator,no_rights")).toEqual([]);
    expect(explained("user,no_rights").entries.map(({ blocks }) => blocks)).toEqual([false, true]);
  });
});

describe("R03: one misspelt entry leaves nothing", () => {
  test("R03: it is named with its place and with what was probably meant", () => {
    const expression = read("rule_only, administraton_only ,node_reed");
    expect(expression).toMatchObject({ roles: [], permissions: [] });
    expect(expression.unknown).toEqual([
      { entry: "administraton_only", position: 2, offset: 11, suggestion: "administration_only" },
      { entry: "node_reed", position: 3, offset: 31, suggestion: "node_read" },
    ]);
    expect(heldBy("administrator,adminstrator")).toEqual([]);
    expect(explained("rule_only,zzz").entries.map(({ key }) => key)).toEqual(["rule_only"]);
  });

  test("R03: so does an empty one in between", () => {
    expect(read("rule_only,,node_read").unknown).toEqual([
      { entry: "", position: 2, offset: 10, suggestion: undefined },
    ]);
    expect(heldBy("rule_only,,node_read")).toEqual([]);
  });
});

describe("the rest of the catalogue", () => {
  test("the first user is administrator, those who follow have no rights until somebody gives them some", () => {
    expect(catalogue.firstUserRoles).toEqual(["administrator"]);
    expect(catalogue.newUserRoles).toEqual(["no_rights"]);
    expect(held(policy, ...catalogue.newUserRoles)).toEqual([]);
  });

  test("custom roles have neither underscore nor a taken name", () => {
    const pattern = new RegExp(catalogue.customRoles.keyPattern);
    expect(pattern.test("read-only-extended")).toBe(true);
    expect(pattern.test("cve_access")).toBe(false);
    expect(catalogue.customRoles.reserved).toEqual(["any", ...catalogue.roles.map(({ key }) => key)]);
  });

  test("predefined roles are locked, and only administrator is a superuser", () => {
    expect(catalogue.roles.every(({ locked }) => locked)).toBe(true);
    expect(catalogue.roles.filter(({ superuser }) => superuser).map(({ key }) => key)).toEqual([
      "administrator",
    ]);
    expect(catalogue.roles.filter(({ blocking }) => blocking).map(({ key }) => key)).toEqual(["no_rights"]);
  });

  test("whoever may write administration may give anything, which is marked as dangerous", () => {
    expect(catalogue.capabilities.grantBeyondOwn).toBe("administration_write");
    const dangerous = catalogue.permissions.filter((permission) => permission.dangerous);
    expect(dangerous.map(({ key }) => key)).toEqual(["administration_write"]);
  });
});
