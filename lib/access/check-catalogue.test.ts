import { describe, expect, test } from "vitest";
import { catalogueSchema, checkCatalogue } from "./index.ts";

const written = {
  catalogue: "shop",
  label: "Shop",
  assignment: "single",
  features: [{ key: "billing", label: "Billing" }],
  attributes: [
    { key: "severity", label: "Severity", kind: "choice", values: ["low", "high"] },
    { key: "source", label: "Source", kind: "managed" },
    { key: "seen", label: "Seen", kind: "instant" },
  ],
  groups: [{ key: "main", label: "Main" }],
  permissions: [
    { key: "read", label: "Read", group: "main" },
    { key: "write", label: "Write", group: "main", implies: ["read"] },
    { key: "users", label: "Users", group: "main", feature: "billing" },
  ],
  aliases: [{ key: "all", permissions: ["read", "write"] }],
  roles: [
    { key: "owner", label: "Owner", superuser: true },
    { key: "clerk", label: "Clerk", inherits: ["guest"], grants: ["write"] },
    { key: "guest", label: "Guest", grants: [{ permission: "read", limits: [{ scope: "team" }] }] },
  ],
  presets: [{ key: "start", label: "Start", roles: ["guest"] }],
  templates: [{ key: "some", label: "Some", permissions: ["read"] }],
  firstUserRoles: ["owner"],
  newUserRoles: ["guest"],
  capabilities: { manageUsers: "users" },
  neverEmpty: ["owner"],
};

type Written = typeof written & Record<string, unknown>;

/** The problems of the catalogue after one edit, as "path: message". */
function problemsAfter(edit: (catalogue: Written) => void): string[] {
  const catalogue = structuredClone(written) as Written;
  edit(catalogue);
  return checkCatalogue(catalogueSchema.parse(catalogue)).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );
}

const grant = (condition: object) => ({ permission: "read", limits: [{ where: [condition] }] }) as never;

test("a sound catalogue has no problems", () => {
  expect(problemsAfter(() => {})).toEqual([]);
});

test("T07 (engine) circles of base roles and of implied permissions are refused and named", () => {
  expect(problemsAfter((c) => Object.assign(c.roles[2] as object, { inherits: ["clerk"] }))).toEqual([
    "roles.1.inherits: goes round in a circle: clerk → guest → clerk",
  ]);
  expect(problemsAfter((c) => Object.assign(c.permissions[0] as object, { implies: ["write"] }))).toEqual([
    "permissions.0.implies: goes round in a circle: read → write → read",
  ]);
});

describe("a key that names nothing is found where it stands", () => {
  const edits: [string, (catalogue: Written) => void][] = [
    ["permissions.0.group", (c) => Object.assign(c.permissions[0] as object, { group: "ghost" })],
    ["permissions.0.feature", (c) => Object.assign(c.permissions[0] as object, { feature: "ghost" })],
    ["permissions.1.implies.1", (c) => c.permissions[1]?.implies?.push("ghost")],
    ["aliases.0.permissions.2", (c) => c.aliases[0]?.permissions.push("ghost")],
    ["roles.1.inherits.1", (c) => c.roles[1]?.inherits?.push("ghost")],
    ["roles.0.except.0", (c) => Object.assign(c.roles[0] as object, { except: ["ghost"] })],
    ["roles.1.grants.1", (c) => c.roles[1]?.grants?.push("ghost" as never)],
    ["presets.0.roles.0", (c) => c.presets[0]?.roles.splice(0, 1, "ghost")],
    ["templates.0.permissions.1", (c) => c.templates[0]?.permissions.push("ghost")],
    ["newUserRoles.0", (c) => c.newUserRoles.splice(0, 1, "ghost")],
    ["neverEmpty.1", (c) => c.neverEmpty.push("ghost")],
    ["capabilities.viewUsers", (c) => Object.assign(c.capabilities, { viewUsers: "ghost" })],
  ];
  test.each(edits)("%s", (path, edit) => {
    const problems = problemsAfter(edit);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      new RegExp(`^${path}: no (group|feature|permission|role) has the key "ghost"$`),
    );
  });
});

describe("conditions that could never do what they say are refused", () => {
  const at = "roles.2.grants.1.limits.0.where.0";
  const conditions: [object, string][] = [
    [{ attribute: "ghost", test: "in", values: ["x"] }, 'no attribute has the key "ghost"'],
    [
      { attribute: "severity", test: "gte", value: "huge" },
      '"huge" is no value of "severity"; expected one of low, high',
    ],
    [
      { attribute: "source", test: "gte", value: "a" },
      '"source" is of kind managed, which has no order; expected the test "in"',
    ],
    [{ attribute: "source", test: "in", values: [7] }, '"source" is text; quote 7'],
    [{ attribute: "seen", test: "lte", value: "soon" }, '"seen" is an instant; expected ISO 8601'],
    [
      { attribute: "severity", test: "withinDays", value: 3 },
      'withinDays needs an instant; "severity" is of kind choice',
    ],
    [
      { attribute: "severity", test: "inGroup", values: ["eu"] },
      'inGroup needs managed values; "severity" is of kind choice',
    ],
    [
      { attribute: "source", test: "inGroup", values: ["eu"] },
      'groups of "source" are made in the console; expected the test "in"',
    ],
  ];
  test.each(conditions)("%o", (condition, message) => {
    expect(problemsAfter((c) => c.roles[2]?.grants?.push(grant(condition)))).toEqual([`${at}: ${message}`]);
  });
});

describe("what could not work is refused", () => {
  test("a key twice, and an alias named like a permission that it does not contain", () => {
    expect(problemsAfter((c) => c.groups.push({ key: "main", label: "Again" }))).toEqual([
      'groups.1.key: "main" is here twice; expected each once',
    ]);
    expect(problemsAfter((c) => Object.assign(c.aliases[0] as object, { key: "users" }))).toEqual([
      'aliases.0.key: "users" is a permission or role already; expected a key of its own',
    ]);
  });

  test("two roles where assignment is single", () => {
    expect(problemsAfter((c) => c.newUserRoles.push("clerk"))).toEqual([
      "newUserRoles: expected exactly one role, as assignment is single",
    ]);
    expect(
      problemsAfter((c) => Object.assign(c, { assignment: "multiple" }, c.newUserRoles.push("clerk"))),
    ).toEqual([]);
  });

  test("a first user who could not let anybody in, or only at some hours", () => {
    const message =
      "firstUserRoles: the first user could not manage users; expected a role that always holds manageUsers in full";
    expect(problemsAfter((c) => c.firstUserRoles.splice(0, 1, "guest"))).toEqual([message]);
    const hours = { window: { from: "09:00", to: "17:00", timeZone: "Europe/Berlin" } };
    expect(problemsAfter((c) => Object.assign(c.roles[0] as object, hours))).toEqual([message]);
  });

  test("an unknown time zone, exceptions without effect, exceptions that another permission implies", () => {
    const moon = { window: { timeZone: "Moon/Tycho" } };
    expect(problemsAfter((c) => Object.assign(c.roles[1] as object, moon))).toEqual([
      'roles.1.window.timeZone: "Moon/Tycho" is no time zone; expected an IANA name such as Europe/Berlin',
    ]);
    expect(problemsAfter((c) => Object.assign(c.roles[1] as object, { except: ["read"] }))).toEqual([
      'roles.1.except: only a superuser role has exceptions; "clerk" is none, so leave the grant out',
    ]);
    expect(problemsAfter((c) => Object.assign(c.roles[0] as object, { except: ["read"] }))).toEqual([
      'roles.0.except: "write" implies the excepted "read"; expected it among the exceptions too',
    ]);
  });

  test("a pattern that is no regular expression", () => {
    expect(
      problemsAfter((c) => Object.assign(c, { customRoles: { enabled: true, keyPattern: "[" } })),
    ).toEqual(["customRoles.keyPattern: expected a regular expression"]);
  });

  test("role expressions that could lead to nothing", () => {
    const wanting = { roleExpressions: true };
    expect(problemsAfter((c) => Object.assign(c, wanting))).toEqual([
      "roleExpressions: expected assignment to be multiple",
      "roleExpressions: expected customRoles to be enabled, as single permissions become a role",
      "roleExpressions: expected a blocking role, for expressions with an unknown entry",
    ]);
    const enough = { ...wanting, assignment: "multiple", customRoles: { enabled: true } };
    const none = { key: "none", label: "None", blocking: true };
    expect(problemsAfter((c) => Object.assign(c, enough, { roles: [...c.roles, none] }))).toEqual([]);
  });
});
