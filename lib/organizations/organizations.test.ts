import { beforeAll, expect, test } from "vitest";
import { database, lockAccess, type Tx, transaction } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { joins, membershipsOf, organization } from "#test/organizations.ts";
import { overlap } from "#test/overlap.ts";
import { callAs, customRole, person, visitor } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { addMembers, removeMembers } from "./members.ts";
import { addOrganization, deleteOrganization, editOrganization } from "./organizations.ts";
import { addTeam } from "./teams.ts";

beforeAll(() => openInstallation("utmstack"));

const asAdmin = async () => callAs(await person({ roles: ["ADMINISTRATOR"] }));
const find = (id: string) => database().organization.findUnique({ where: { id } });
/** Changes settings and organizations, outranked by administrators. */
const keeper = async () => {
  if ((await database().role.count({ where: { key: "keeper" } })) === 0)
    await customRole("keeper", ["system_configuration"]);
  return callAs(await person({ roles: ["keeper"] }));
};

test("T21: an organization is added, renamed and deleted, each with its row in the trail", async () => {
  const call = await asAdmin();
  const { id } = await runCommand(addOrganization, call, { name: " Nordic  ", description: "The north" });
  expect(await find(id)).toMatchObject({ name: "Nordic", nameKey: "nordic", version: 1 });
  const target = { targetKind: "organization", targetId: id, targetName: "Nordic" };
  const after = { name: "Nordic", description: "The north" };
  expect(await lastEvent()).toMatchObject({ action: "add organization", outcome: "done", ...target, after });

  await runCommand(editOrganization, await asAdmin(), { id, version: 1, name: "Baltic", description: "" });
  expect(await find(id)).toMatchObject({ name: "Baltic", nameKey: "baltic", version: 2 });
  expect(await lastEvent()).toMatchObject({
    action: "edit organization",
    ...target,
    before: after,
    after: { name: "Baltic", description: "" },
  });

  const member = await person({ roles: ["VIEWER"] });
  await joins(member, id);
  await runCommand(deleteOrganization, await asAdmin(), { id });
  expect(await find(id)).toBeNull();
  expect(await membershipsOf(member)).toEqual({ organizations: [], teams: [] });
  expect(await lastEvent()).toMatchObject({
    action: "delete organization",
    targetName: "Baltic",
    before: { name: "Baltic", members: [member.username] },
    after: null,
  });
});

test("a name is there once, whatever its case", async () => {
  const { name } = await organization();
  const error = await refused(
    addOrganization,
    await asAdmin(),
    { name: name.toUpperCase() },
    {
      code: "conflict",
      reason: "name_taken",
    },
  );
  expect(error.fields.name).toEqual([error.message]);
  const other = await organization();
  const input = { id: other.id, version: 1, name: ` ${name}` };
  await refused(editOrganization, await asAdmin(), input, { code: "conflict", reason: "name_taken" });
  await runCommand(editOrganization, await asAdmin(), { ...input, name: other.name.toUpperCase() });
});

test.each([
  ["no name", { name: "  " }, "name"],
  ["a name of more than a line", { name: "two\nlines" }, "name"],
  ["too long a name", { name: "n".repeat(101) }, "name"],
  ["too long a description", { name: "Long", description: "d".repeat(501) }, "description"],
])("%s is refused beside its field", async (_what, input, field) => {
  const error = await refused(addOrganization, await asAdmin(), input, {
    code: "invalid",
    reason: "invalid_input",
  });
  expect(Object.keys(error.fields)).toEqual([field]);
});

test("two edit one organization: the second is told, and what they typed is not written over the first", async () => {
  const { id } = await organization();
  await runCommand(editOrganization, await asAdmin(), { id, version: 1, name: "First" });
  const stale = { id, version: 1, name: "Second" };
  const conflict = {
    code: "conflict",
    reason: "edit_conflict",
    message: /\bFirst\b/,
  } as const;
  const { details } = await refused(editOrganization, await asAdmin(), stale, conflict);
  expect(details).toEqual({ version: 2 });
});

test("one with teams, or that roles are narrowed to, is not deleted, and the answer says how many", async () => {
  const { id, name, teams } = await organization(["Blue", "Red"]);
  await refused(
    deleteOrganization,
    await asAdmin(),
    { id },
    {
      code: "conflict",
      reason: "organization_has_teams",
      message: new RegExp(`${name}.*\\b2\\b`),
    },
  );
  await database().team.deleteMany({ where: { id: { in: Object.values(teams) } } });
  const holder = await person({ roles: ["VIEWER"] });
  await database().assignment.updateMany({ where: { userId: holder.id }, data: { organizationId: id } });
  await refused(
    deleteOrganization,
    await asAdmin(),
    { id },
    {
      code: "conflict",
      reason: "narrowed_assignments",
      message: /\b1\b/,
    },
  );
  await database().assignment.updateMany({ where: { userId: holder.id }, data: { organizationId: null } });
  await runCommand(deleteOrganization, await asAdmin(), { id });
});

test("deleting takes everybody out, so the rules of leaving hold: own membership, and rank", async () => {
  const { id } = await organization();
  const call = await keeper();
  if (call.actor.kind !== "user") throw new Error("not signed in");
  await joins(call.actor, id);
  await refused(deleteOrganization, call, { id }, { code: "conflict", reason: "own_membership" });
  const other = await keeper();
  await joins(await person({ roles: ["ADMINISTRATOR"] }), id);
  await refused(deleteOrganization, other, { id }, { code: "forbidden", reason: "rank" });
});

test("what is gone is not found, and the trail names what can still be named", async () => {
  const gone = { code: "not_found", reason: "organization_not_found" } as const;
  const id = "01890000-0000-7000-8000-000000000000";
  await refused(deleteOrganization, await asAdmin(), { id }, gone);
  await refused(editOrganization, await asAdmin(), { id, version: 1, name: "Late" }, gone);
  const { id: kept, name } = await organization(["Blue"]);
  await refused(
    deleteOrganization,
    await asAdmin(),
    { id: kept },
    {
      code: "conflict",
      reason: "organization_has_teams",
    },
  );
  expect(await lastEvent()).toMatchObject({ outcome: "refused", targetId: kept, targetName: name });
});

test("whoever may not manage organizations is refused before anything is looked at", async () => {
  const call = await callAs(await person({ roles: ["AUDITOR"] }));
  for (const command of [addOrganization, editOrganization, deleteOrganization, addMembers, removeMembers]) {
    await refused(
      command as typeof addOrganization,
      call,
      {},
      { code: "forbidden", reason: "missing_capability" },
    );
    await refused(
      command as typeof addOrganization,
      visitor(),
      {},
      {
        code: "unauthenticated",
        reason: "sign_in_required",
      },
    );
  }
});

test("somebody is being added while the organization is deleted: they leave with the others", async () => {
  const { id } = await organization();
  const newcomer = await person({ roles: ["VIEWER"] });
  const [call, other] = [await asAdmin(), await asAdmin()];
  const { second } = await overlap(
    async (tx) => {
      await lockAccess(tx);
      const context = { call, actor: call.actor, at: call.at.getTime(), tx };
      return addMembers.run(context, { organization: id, users: [newcomer.id] });
    },
    () => runCommand(deleteOrganization, other, { id }),
  );
  expect(second.status).toBe("fulfilled");
  const event = { action: "delete organization", targetId: id, outcome: "done" };
  const { before } = await database().auditEvent.findFirstOrThrow({ where: event });
  expect(before).toMatchObject({ members: [newcomer.username] });
});

test("an organization is deleted while somebody is added to it: that one is told that it is gone", async () => {
  const { id } = await organization();
  const newcomer = await person({ roles: ["VIEWER"] });
  const [call, other] = [await asAdmin(), await asAdmin()];
  const { second } = await overlap(
    async (tx) => {
      await lockAccess(tx);
      const context = { call, actor: call.actor, at: call.at.getTime(), tx };
      return deleteOrganization.run(context, { id });
    },
    () => runCommand(addMembers, other, { organization: id, users: [newcomer.id] }),
  );
  expect(second).toMatchObject({ status: "rejected", reason: { reason: "organization_not_found" } });
  expect(await membershipsOf(newcomer)).toEqual({ organizations: [], teams: [] });
});

test("a team is added while its organization is deleted, or the other way round: one of them is refused", async () => {
  const [one, other] = [await organization(), await organization()];
  const [call, second] = [await asAdmin(), await asAdmin()];
  const context = (tx: Tx) => ({ call, actor: call.actor, at: call.at.getTime(), tx });
  const adding = await overlap(
    async (tx) => {
      await lockAccess(tx);
      return deleteOrganization.run(context(tx), { id: one.id });
    },
    () => runCommand(addTeam, second, { organization: one.id, name: "Late" }),
  );
  expect(adding.second).toMatchObject({ status: "rejected", reason: { reason: "organization_not_found" } });
  const deleting = await overlap(
    (tx) => addTeam.run(context(tx), addTeam.input.parse({ organization: other.id, name: "Early" })),
    () => runCommand(deleteOrganization, second, { id: other.id }),
  );
  expect(deleting.second).toMatchObject({ status: "rejected", reason: { reason: "organization_has_teams" } });
});

test("names are edited while somebody else changes access; of two at once the later one is told", async () => {
  const { id } = await organization();
  const call = await asAdmin();
  const edit = (name: string) =>
    runCommand(editOrganization, call, { id, version: 1, name, description: "" });
  await transaction(async (tx) => {
    await lockAccess(tx);
    const outcomes = await Promise.allSettled([edit("Renamed here"), edit("Renamed there")]);
    const refused = outcomes.filter((one) => one.status === "rejected");
    expect(refused).toMatchObject([{ reason: { reason: "edit_conflict" } }]);
  });
});
