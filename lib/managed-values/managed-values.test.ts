import { beforeAll, expect, test } from "vitest";
import { decide, type Effect } from "#lib/access/index.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { limitGrant } from "#test/organizations.ts";
import { callAs, callWith, customRole, nextInstant, person, signedIn, visitor } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { addGroup, deleteGroup, editGroup } from "./groups.ts";
import { listGroups } from "./list-groups.ts";
import { listValues } from "./list-values.ts";
import { managedLists } from "./managed-attribute.ts";
import { addValue, deleteValue, editValue } from "./values.ts";

const attribute = "data_source";

beforeAll(() => openInstallation("utmstack"));

const asAdmin = async () => callAs(await person({ roles: ["ADMINISTRATOR"] }));
let count = 0;

/** A value of its own for a test. */
async function value(key = `source-${++count}`): Promise<string> {
  await runCommand(addValue, await asAdmin(), { attribute, key, label: `Source ${key}` });
  return key;
}

async function group(members: string[], key = `group-${++count}`): Promise<string> {
  await runCommand(addGroup, await asAdmin(), { attribute, key, label: `Group ${key}`, members });
  return key;
}

/** A role that sees events of these groups or sources alone. */
async function limitedRole(key: string, test: "in" | "inGroup", values: string[], grants = ["view_events"]) {
  await customRole(key, grants);
  await limitGrant(key, "view_events", [{ scope: "global", where: [{ attribute, test, values }] }]);
  return key;
}

test("values are added, renamed and deleted, each with its row in the trail", async () => {
  const input = { attribute, key: " fw-1 ", label: "Firewall", description: "At the edge" };
  await runCommand(addValue, await asAdmin(), input);
  const target = { targetKind: "managed value", targetId: "data_source/fw-1", targetName: "fw-1" };
  const after = { list: "Data source", key: "fw-1", label: "Firewall", description: "At the edge" };
  expect(await lastEvent()).toMatchObject({ action: "add managed value", ...target, after });
  await runCommand(editValue, await asAdmin(), { attribute, key: "fw-1", label: "Edge" });
  expect(await lastEvent()).toMatchObject({
    action: "edit managed value",
    ...target,
    before: { label: "Firewall" },
    after: { label: "Edge" },
  });
  await runCommand(deleteValue, await asAdmin(), { attribute, key: "fw-1" });
  expect(await lastEvent()).toMatchObject({ action: "delete managed value", ...target, after: null });
  expect(await database().managedValue.count({ where: { attribute, key: "fw-1" } })).toBe(0);
});

test("a key is there once in its list; a list that the catalogue has not is not found", async () => {
  const key = await value();
  const again = { attribute, key, label: "Again" };
  await refused(addValue, await asAdmin(), again, { code: "conflict", reason: "key_taken" });
  await runCommand(addValue, await asAdmin(), { ...again, attribute: "asset_group" });
  const gone = { code: "not_found", reason: "attribute_not_found" } as const;
  for (const other of ["severity", "nothing"])
    await refused(addValue, await asAdmin(), { ...again, attribute: other }, gone);
  await refused(
    addValue,
    await asAdmin(),
    { attribute, key: "two words", label: "No" },
    {
      code: "invalid",
      reason: "invalid_input",
    },
  );
});

test("what a limit names or a group contains stays, and the answer names which", async () => {
  const key = await value();
  const groupKey = await group([key]);
  const contained = {
    code: "conflict",
    reason: "in_value_group",
    message: new RegExp(`Group ${groupKey}`),
  } as const;
  await refused(deleteValue, await asAdmin(), { attribute, key }, contained);
  await limitedRole("one_source", "in", [key]);
  const named = {
    code: "conflict",
    reason: "named_by_limits",
    message: /\bone_source\b/,
  } as const;
  await refused(deleteValue, await asAdmin(), { attribute, key }, named);
  await limitedRole("one_group", "inGroup", [groupKey]);
  await refused(
    deleteGroup,
    await asAdmin(),
    { attribute, key: groupKey },
    {
      ...named,
      message: /\bone_group\b/,
    },
  );
  const { rows } = await runQuery(listValues, await asAdmin(), { attribute, q: key });
  expect(rows).toMatchObject([{ key, groups: [`Group ${groupKey}`], roles: ["one_source"] }]);
  expect(rows[0]?.deleteWhy).toMatch(/one_source/);
});

test("a group has members, and loses what is taken out; its row in the trail says both", async () => {
  const [one, two, three] = [await value(), await value(), await value()];
  const key = await group([two, one, one]);
  const input = { attribute, key, version: 1, label: "Renamed", members: [one, three] };
  const { added, removed } = await runCommand(editGroup, await asAdmin(), input);
  expect([added, removed]).toEqual([1, 1]);
  expect(await lastEvent()).toMatchObject({
    action: "edit value group",
    targetKind: "value group",
    before: { members: [one, two] },
    after: { label: "Renamed", members: [one, three], added: [three], removed: [two] },
  });
  const { rows } = await runQuery(listGroups, await asAdmin(), { attribute, q: key });
  expect(rows).toMatchObject([{ key, memberCount: 2, version: 2 }]);
  await runCommand(deleteGroup, await asAdmin(), { attribute, key });
  expect(await lastEvent()).toMatchObject({
    action: "delete value group",
    before: { members: [one, three] },
  });
  await refused(
    deleteGroup,
    await asAdmin(),
    { attribute, key },
    {
      code: "not_found",
      reason: "group_not_found",
    },
  );
});

test("two edit one group: the second is told, and takes nothing back", async () => {
  const [one, two] = [await value(), await value()];
  const key = await group([one]);
  const input = { attribute, key, version: 1, label: "Shared", members: [one, two] };
  await runCommand(editGroup, await asAdmin(), input);
  const stale = { ...input, members: [] };
  await refused(editGroup, await asAdmin(), stale, { code: "conflict", reason: "edit_conflict" });
  expect(await database().valueGroupMember.count({ where: { attribute, groupKey: key } })).toBe(2);
  const unknown = { ...input, version: 2, members: ["long-gone"] };
  await refused(editGroup, await asAdmin(), unknown, { code: "invalid", reason: "value_not_found" });
});

/** What somebody's next request may do with an event of this source. */
async function sees(token: string, source: string): Promise<Effect> {
  const { actor, at } = await callWith(token);
  if (actor.kind !== "user") throw new Error("signed out");
  const resource = { attributes: { [attribute]: source } };
  const question = { permission: "view_events", at: at.getTime(), resource };
  return decide(actor.access.policy, actor.subject, question).effect;
}

test("T08: a role sees all sources, selected ones, or those of a group, and follows the group at once", async () => {
  const [one, two] = [await value(), await value()];
  const key = await group([one]);
  const tokenOf = async (role: string) => signedIn(await person({ roles: [role] }));
  const all = await tokenOf(await customRole("all_sources", ["view_events"]));
  const selected = await tokenOf(await limitedRole("selected_sources", "in", [two]));
  const grouped = await tokenOf(await limitedRole("grouped_sources", "inGroup", [key]));
  const seen = async () => ({
    all: [await sees(all, one), await sees(all, two)],
    selected: [await sees(selected, one), await sees(selected, two)],
    grouped: [await sees(grouped, one), await sees(grouped, two)],
  });
  const before = { all: ["allow", "allow"], selected: ["deny", "allow"], grouped: ["allow", "deny"] };
  expect(await seen()).toEqual(before);
  await runCommand(editGroup, await asAdmin(), {
    attribute,
    key,
    version: 1,
    label: "Moved",
    members: [two],
  });
  expect(await seen()).toEqual({ ...before, grouped: ["deny", "allow"] });
});

test("nobody widens by a group what they do not hold themselves, and lets others have what they do", async () => {
  const [one, two] = [await value(), await value()];
  const key = await group([one]);
  await limitedRole("watcher", "inGroup", [key]);
  await customRole("keeper", ["system_configuration"]);
  const widen = { attribute, key, version: 1, label: "Wider", members: [one, two] };
  const beyond = {
    code: "forbidden",
    reason: "escalation",
    message: new RegExp(`${two}.*Group ${key}.*view_events`),
  } as const;
  const keeper = await person({ roles: ["keeper"] });
  await refused(editGroup, await callAs(keeper), widen, beyond);
  // Holding it for the group's present members is not holding it for the newcomer.
  const watching = await person({ roles: ["keeper", "watcher"] });
  await refused(editGroup, await callAs(watching), widen, beyond);
  // To narrow it, to rename it, or to add what one holds oneself, is free.
  await runCommand(editGroup, await callAs(keeper), { ...widen, members: [] });
  await limitedRole("has_two", "in", [two]);
  const holder = await person({ roles: ["keeper", "has_two"] });
  await refused(
    editGroup,
    await callAs(holder),
    { ...widen, version: 2 },
    { code: "forbidden", reason: "escalation" },
  );
  await runCommand(editGroup, await callAs(holder), { ...widen, version: 2, members: [two] });
  const everything = await customRole("sees_everything", ["system_configuration", "view_events"]);
  const all = await callAs(await person({ roles: [everything] }));
  await runCommand(editGroup, all, { ...widen, version: 3 });
});

test("a limit that names a group before there is one: whoever makes it must hold what it gives", async () => {
  const one = await value();
  await limitedRole("early_bird", "inGroup", ["not-yet"]);
  const keeper = await customRole("keeper_too", ["system_configuration"]);
  const input = { attribute, key: "not-yet", label: "Now", members: [one] };
  const call = await callAs(await person({ roles: [keeper] }));
  await refused(addGroup, call, input, { code: "forbidden", reason: "escalation" });
  await runCommand(addGroup, call, { ...input, members: [] });
});

test("whoever may not manage organizations sees and changes none of it", async () => {
  const call = await callAs(await person({ roles: ["SECURITY_ANALYST"] }));
  for (const command of [addValue, editValue, deleteValue, addGroup, editGroup, deleteGroup]) {
    const any = command as typeof addValue;
    await refused(any, call, {}, { code: "forbidden", reason: "missing_capability" });
    await refused(any, visitor(), {}, { code: "unauthenticated", reason: "sign_in_required" });
  }
  await expect(runQuery(listValues, call, { attribute })).rejects.toMatchObject({ code: "forbidden" });
  await expect(runQuery(listGroups, call, { attribute })).rejects.toMatchObject({ code: "forbidden" });
});

test("lists come by pages of keys, searched and counted; a cursor to what is gone leads to the first page", async () => {
  expect(await runQuery(managedLists, await asAdmin(), {})).toMatchObject([
    { key: "data_source", label: "Data source" },
    { key: "asset_group", label: "Asset group" },
  ]);
  const createdAt = nextInstant();
  const keys = Array.from({ length: 60 }, (_, index) => `host-${String(index).padStart(2, "0")}`);
  const data = keys.map((key) => ({ attribute: "asset_group", key, label: `Host of ${key}`, createdAt }));
  await database().managedValue.createMany({ data });
  const list = async (more: object) =>
    runQuery(listValues, await asAdmin(), { attribute: "asset_group", q: "HOST", ...more });
  const first = await list({});
  expect([first.rows.length, first.total, first.previous]).toEqual([25, 60, undefined]);
  const second = await list({ after: first.next });
  expect(second.rows.map(({ key }) => key)).toEqual(keys.slice(25, 50));
  const last = await list({ after: second.next });
  expect([last.rows.length, last.next]).toEqual([10, undefined]);
  expect((await list({ before: second.previous })).rows).toEqual(first.rows);
  expect((await list({ after: "zzz" })).rows).toEqual(first.rows);
  expect((await list({ q: "host-07" })).total).toBe(1);
});
