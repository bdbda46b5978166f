import { beforeEach, describe, expect, test } from "vitest";
import { effective } from "#lib/access/index.ts";
import { loadSubject } from "#lib/assignments/index.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { createRole, editRole, reassignAndDeleteRole, viewMatrix } from "#lib/roles/index.ts";
import { giveTemporaryAccess } from "#lib/temporary-access/index.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, callWith, customRole, type Person, person, rolesOf, signedIn } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { deleteUser, getUser, listUsers, setRoleExpression, setUserRoles } from "./index.ts";

beforeEach(() => openInstallation("rudder"));

const ownAccount = ["userAccount_edit", "userAccount_read", "userAccount_write"];
const asOwner = async () => callAs(await person({ roles: ["administrator"] }));
const write = async ({ id }: { id: string }, expression: string, confirmed: string[] = []) =>
  runCommand(setRoleExpression, await asOwner(), { id, expression, confirmed });

/** What somebody may do from now on, as the engine decides it. */
async function rightsOf({ id }: Person): Promise<string[]> {
  const { policy } = await currentPolicy(database());
  const subject = await loadSubject(database(), { id, active: true }, Date.now());
  return effective(policy, subject, Date.UTC(2026, 5, 1))
    .map(({ permission }) => permission)
    .sort();
}
const storedFor = async ({ id }: Person) =>
  (await database().user.findUniqueOrThrow({ where: { id } })).roleExpression;
const madeRoles = async () =>
  (await database().role.findMany({ where: { builtIn: false } })).map(({ key }) => key).sort();
const somebody = (username = "jane") => person({ roles: ["user"], username });

test("R05: rule_only,administration_only gives the administration and the rules, and nothing else", async () => {
  const jane = await somebody();
  await write(jane, "rule_only,administration_only", ["administration_only"]);
  expect(await rolesOf(jane)).toEqual(["administration_only", "rule_only"]);
  const administration = ["administration_edit", "administration_read", "administration_write"];
  expect(await rightsOf(jane)).toEqual([...administration, "configuration_read", "rule_read", ...ownAccount]);
  expect(await madeRoles()).toEqual([]);
});

test("R06: configuration_read gives read access to rules, directives and parameters", async () => {
  const jane = await somebody();
  await write(jane, "configuration_read");
  const reading = ["configuration_read", "directive_read", "parameter_read", "rule_read"];
  expect(await rightsOf(jane)).toEqual(reading);
});

test("R07: rule_write,node_read gives reading and writing of rules and reading of nodes", async () => {
  const jane = await somebody();
  const token = await signedIn(jane);
  const { roles, sessionsEnded } = await write(jane, "rule_write,node_read");
  expect(await rightsOf(jane)).toEqual(["node_read", "rule_read", "rule_write"]);
  expect(roles).toEqual(["expression:node_read+rule_write"]);
  expect(sessionsEnded).toBe(1);
  expect((await callWith(token)).actor).toEqual({ kind: "anonymous" });
  expect(await lastEvent()).toMatchObject({
    action: "set role expression of user",
    targetName: "jane",
    before: { expression: null, roles: ["user"] },
    after: { expression: "rule_write,node_read", roles, unknown: [], sessionsEnded: 1 },
  });
});

test("R02: roles, custom ones too, and permissions of an expression add up", async () => {
  await customRole("Night.shift", ["deployment_write"]);
  const jane = await somebody();
  await write(jane, " inventory , night.SHIFT, rule_read,group_all, ");
  expect(await rolesOf(jane)).toEqual(["Night.shift", expect.stringMatching(/^expression:/), "inventory"]);
  expect(await rightsOf(jane)).toEqual(
    [
      ...ownAccount,
      "node_read",
      "deployment_read",
      "deployment_write",
      "rule_read",
      "group_read",
      "group_write",
      "group_edit",
    ].sort(),
  );
});

describe("an unknown entry", () => {
  test("R03: leaves no rights, is kept as it was written, and is named with what was probably meant", async () => {
    const jane = await somebody();
    const token = await signedIn(jane);
    const { unknown } = await write(jane, "administrator, node_reed");
    expect(unknown).toEqual([
      expect.objectContaining({ entry: "node_reed", position: 2, suggestion: "node_read" }),
    ]);
    expect(await rolesOf(jane)).toEqual(["no_rights"]);
    expect(await rightsOf(jane)).toEqual([]);
    expect(await storedFor(jane)).toBe("administrator, node_reed");
    expect((await callWith(token)).actor).toEqual({ kind: "anonymous" });
    expect(await lastEvent()).toMatchObject({ after: { unknown: ["node_reed"] } });

    const call = await asOwner();
    expect(await runQuery(getUser, call, { id: jane.id })).toMatchObject({ unknownEntries: unknown });
    const { rows } = await runQuery(listUsers, call, {});
    expect(rows.find(({ id }) => id === jane.id)?.unknownEntries).toEqual(["node_reed"]);
    expect(rows.filter(({ unknownEntries }) => unknownEntries.length > 0)).toHaveLength(1);
  });

  test("nothing else gives anything any more, and corrected it gives all of it", async () => {
    const jane = await somebody();
    await write(jane, "rule_write,inventory");
    await write(jane, "rule_write,,inventory");
    expect(await rightsOf(jane)).toEqual([]);
    expect(await madeRoles()).toEqual([]);
    await write(jane, "rule_write,inventory");
    expect(await rightsOf(jane)).toEqual(["node_read", "rule_read", "rule_write", ...ownAccount]);
  });
});

describe("the role of single permissions", () => {
  test("is found again, whoever writes its permissions in which order, and goes with its last holder", async () => {
    const [jane, kim, lou] = [await somebody(), await somebody("kim"), await somebody("lou")];
    await write(jane, "rule_write,node_read");
    await write(kim, "Node_Read, rule_write, inventory");
    await write(lou, "node_read,rule_write,node_read");
    expect(await madeRoles()).toEqual(["expression:node_read+rule_write"]);
    await write(jane, "inventory");
    await runCommand(setUserRoles, await asOwner(), { id: kim.id, roles: ["user"] });
    expect(await madeRoles()).toEqual(["expression:node_read+rule_write"]);
    await runCommand(deleteUser, await asOwner(), { id: lou.id });
    expect(await madeRoles()).toEqual([]);
  });

  test("goes although somebody held it until lately", async () => {
    const [jane, kim] = [await somebody(), await somebody("kim")];
    await write(jane, "node_write");
    await write(kim, "node_write");
    const endsAt = new Date("2020-01-01T00:00:00Z");
    await database().assignment.updateMany({ where: { userId: kim.id }, data: { endsAt } });
    await write(jane, "inventory");
    expect(await madeRoles()).toEqual([]);
  });

  test("holds exactly these permissions, however many, and nobody edits it or takes its name", async () => {
    const jane = await somebody();
    await write(jane, "rule_all,node_all,group_all,directive_all,technique_all");
    const [key = ""] = await rolesOf(jane);
    expect(key).toMatch(/^expression:[0-9a-f]{40}$/);
    const call = await asOwner();
    const { roles } = await runQuery(viewMatrix, call, {});
    const made = roles.find((role) => role.key === key);
    expect(made).toMatchObject({ label: "directive_read and 14 more", held: 15, builtIn: false });
    expect(made?.edit).toMatchObject({ allowed: false, why: expect.stringContaining("role expressions") });
    const locked = { code: "conflict", reason: "expression_role" } as const;
    await refused(editRole, call, { role: key, version: 1, add: ["parameter_read"] }, locked);
    const badName = { code: "invalid", reason: "bad_role_name" } as const;
    await refused(createRole, call, { key: "expression:mine", grants: [] }, badName);
  });
});

describe("other ways to change roles forget the expression", () => {
  test("giving roles by hand, but not giving the same ones again", async () => {
    const jane = await somebody();
    await write(jane, "inventory");
    await runCommand(setUserRoles, await asOwner(), { id: jane.id, roles: ["inventory"] });
    expect(await storedFor(jane)).toBe("inventory");
    await runCommand(setUserRoles, await asOwner(), { id: jane.id, roles: ["user"] });
    expect(await storedFor(jane)).toBeNull();
  });

  test("deleting a role that its holders get another for", async () => {
    const jane = await somebody();
    await customRole("nights", ["node_read"]);
    await write(jane, "nights");
    const moved = { role: "nights", version: 1, replacement: "inventory" };
    await runCommand(reassignAndDeleteRole, await asOwner(), moved);
    expect(await storedFor(jane)).toBeNull();
  });
});

test("temporary access comes on top of an expression and leaves it as it is", async () => {
  const jane = await somebody();
  await write(jane, "rule_read");
  const input = { id: jane.id, role: "inventory", reason: "stocktaking", lasts: "8" };
  await runCommand(giveTemporaryAccess, await asOwner(), input);
  expect(await rolesOf(jane)).toEqual(["expression:rule_read", "inventory"]);
  expect(await storedFor(jane)).toBe("rule_read");
  await write(jane, "misspelt");
  expect(await rolesOf(jane)).toEqual(["inventory", "no_rights"]);
  expect(await rightsOf(jane)).toEqual([]);
});

test("the same expression in other words ends no session", async () => {
  const jane = await somebody();
  await write(jane, "rule_write,node_read");
  const token = await signedIn(jane);
  await write(jane, "node_read, rule_write");
  expect(await storedFor(jane)).toBe("node_read, rule_write");
  expect((await callWith(token)).actor).toMatchObject({ id: jane.id });
});
