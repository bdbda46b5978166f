import { beforeAll, describe, expect, test } from "vitest";
import { type AssignmentSource, decide, type Resource } from "#lib/access/index.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { joins, limitGrant, membershipsOf, organization } from "#test/organizations.ts";
import { callAs, callWith, customRole, person, signedIn } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { addMembers, removeMembers } from "./members.ts";
import { addTeam, deleteTeam, editTeam } from "./teams.ts";

beforeAll(async () => {
  const close = await openInstallation("utmstack");
  await customRole("keeper", ["system_configuration"]);
  await customRole("onlooker", ["system_configuration", "view_events", "generate_reports"]);
  return close;
});

const asAdmin = async () => callAs(await person({ roles: ["ADMINISTRATOR"] }));

describe("teams", () => {
  test("T21: a team is added, renamed and deleted; its members stay in the organization", async () => {
    const { id: organizationId, name } = await organization();
    const { id } = await runCommand(addTeam, await asAdmin(), { organization: organizationId, name: "Blue" });
    expect(await lastEvent()).toMatchObject({
      action: "add team",
      targetKind: "team",
      targetId: id,
      after: { organization: name, name: "Blue", description: "" },
    });
    await runCommand(editTeam, await asAdmin(), { id, version: 1, name: "Navy", description: "Dark" });
    expect(await lastEvent()).toMatchObject({
      action: "edit team",
      targetName: "Blue",
      after: { name: "Navy", description: "Dark" },
    });
    const member = await person({ roles: ["VIEWER"] });
    await joins(member, organizationId, id);
    await runCommand(deleteTeam, await asAdmin(), { id });
    expect(await membershipsOf(member)).toEqual({ organizations: [organizationId], teams: [] });
    const before = { organization: name, name: "Navy", members: [member.username] };
    expect(await lastEvent()).toMatchObject({ action: "delete team", before });
  });

  test("names differ within an organization, and may be the same in two", async () => {
    const [one, two] = [await organization(["Blue"]), await organization(["Red"])];
    const taken = { code: "conflict", reason: "name_taken" } as const;
    await refused(addTeam, await asAdmin(), { organization: one.id, name: "BLUE" }, taken);
    await runCommand(addTeam, await asAdmin(), { organization: two.id, name: "Blue" });
    await refused(editTeam, await asAdmin(), { id: two.teams.Red, version: 1, name: "blue" }, taken);
    const stale = { id: two.teams.Red, version: 7, name: "Green" };
    await refused(editTeam, await asAdmin(), stale, { code: "conflict", reason: "edit_conflict" });
  });

  test("one that a role is narrowed to stays", async () => {
    const { teams } = await organization(["Blue"]);
    const holder = await person({ roles: ["VIEWER"] });
    await database().assignment.updateMany({
      where: { userId: holder.id },
      data: { teamId: teams.Blue ?? "" },
    });
    const narrowed = {
      code: "conflict",
      reason: "narrowed_assignments",
      message: /\bBlue\b.*\b1\b/,
    } as const;
    await refused(deleteTeam, await asAdmin(), { id: teams.Blue }, narrowed);

    const endsAt = new Date("2020-01-01T00:00:00Z");
    await database().assignment.updateMany({ where: { userId: holder.id }, data: { endsAt } });
    await runCommand(deleteTeam, await asAdmin(), { id: teams.Blue });
    expect(await database().team.count({ where: { id: teams.Blue ?? "" } })).toBe(0);
  });
});

describe("joining and leaving", () => {
  test("several join at once; whoever is there already is passed over", async () => {
    const { id, name } = await organization();
    const [ann, bo, cy] = [
      await person({ roles: ["VIEWER"], username: "ann" }),
      await person({ roles: ["VIEWER"], username: "bo.b" }),
      await person({ roles: ["AUDITOR"], username: "cyd" }),
    ];
    await joins(bo, id);
    const users = [cy.id, ann.id, bo.id];
    const { added } = await runCommand(addMembers, await asAdmin(), { organization: id, users });
    expect(added).toEqual(["ann", "cyd"]);
    const target = { targetKind: "organization", targetId: id, targetName: name };
    const after = { organization: name, added: ["ann", "cyd"] };
    expect(await lastEvent()).toMatchObject({ action: "add members", ...target, after });
    expect(await database().organizationMember.count({ where: { organizationId: id } })).toBe(3);
  });

  test("whoever joins a team joins its organization; whoever leaves that leaves its teams", async () => {
    const { id, name, teams } = await organization(["Blue", "Red"]);
    const ann = await person({ roles: ["VIEWER"] });
    await runCommand(addMembers, await asAdmin(), { organization: id, team: teams.Blue, users: [ann.id] });
    await runCommand(addMembers, await asAdmin(), { organization: id, team: teams.Red, users: [ann.id] });
    expect(await membershipsOf(ann)).toEqual({
      organizations: [id],
      teams: [teams.Blue, teams.Red].sort(),
    });
    await runCommand(removeMembers, await asAdmin(), { organization: id, team: teams.Red, users: [ann.id] });
    expect(await membershipsOf(ann)).toEqual({ organizations: [id], teams: [teams.Blue] });
    const before = { organization: name, team: "Red", removed: [ann.username] };
    expect(await lastEvent()).toMatchObject({ action: "remove members", targetName: "Red", before });
    await runCommand(removeMembers, await asAdmin(), { organization: id, users: [ann.id] });
    expect(await membershipsOf(ann)).toEqual({ organizations: [], teams: [] });
  });

  test("nobody changes their own memberships, whoever they are", async () => {
    const admin = await person({ roles: ["ADMINISTRATOR"] });
    const { id, teams } = await organization(["Blue"]);
    const own = { code: "conflict", reason: "own_membership" } as const;
    const [call, users] = [await callAs(admin), [admin.id]];
    await refused(addMembers, call, { organization: id, users }, own);
    await refused(addMembers, call, { organization: id, team: teams.Blue, users }, own);
    await joins(admin, id, teams.Blue);
    await refused(removeMembers, call, { organization: id, users }, own);
    await refused(removeMembers, call, { organization: id, team: teams.Blue, users }, own);
  });

  test("whoever is outranked neither adds nor removes", async () => {
    const { id } = await organization();
    const call = await callAs(await person({ roles: ["keeper"] }));
    const admin = await person({ roles: ["ADMINISTRATOR"] });
    const rank = { code: "forbidden", reason: "rank" } as const;
    await refused(addMembers, call, { organization: id, users: [admin.id] }, rank);
    await joins(admin, id);
    await refused(removeMembers, call, { organization: id, users: [admin.id] }, rank);
  });

  test("nobody lets others reach in a team what they do not hold there themselves", async () => {
    const { id, teams } = await organization(["Blue", "Red"]);
    const ann = await person({ roles: ["VIEWER"] });
    const [blue, red] = [teams.Blue ?? "", teams.Red ?? ""];
    const keeper = await person({ roles: ["keeper", "VIEWER"] });
    const add = { organization: id, team: blue, users: [ann.id] };
    const beyond = {
      code: "forbidden",
      reason: "escalation",
      message: /Blue.*view_events, generate_reports/,
    } as const;
    await refused(addMembers, await callAs(keeper), add, beyond);
    // A hold in another team is none in this one.
    await joins(keeper, id, red);
    await refused(addMembers, await callAs(keeper), add, beyond);
    await joins(keeper, id, blue);
    await runCommand(addMembers, await callAs(keeper), add);
    // Holding it everywhere is enough; and a viewer's grants reach nothing by the organization alone.
    const onlooker = await callAs(await person({ roles: ["onlooker"] }));
    await runCommand(removeMembers, onlooker, { organization: id, users: [ann.id] });
    await runCommand(addMembers, await callAs(keeper), { organization: id, users: [ann.id] });
    await runCommand(addMembers, onlooker, { organization: id, team: red, users: [ann.id] });
  });

  test("one refusal lets nobody join, and names whom it is about", async () => {
    const { id, teams } = await organization(["Blue"]);
    const [plain, viewer] = [
      await person({ roles: ["keeper"] }),
      await person({ roles: ["VIEWER"], username: "viv" }),
    ];
    const call = await callAs(await person({ roles: ["keeper"] }));
    const input = { organization: id, team: teams.Blue, users: [plain.id, viewer.id] };
    await refused(addMembers, call, input, {
      code: "forbidden",
      reason: "escalation",
      message: /\bviv\b/,
    });
  });

  test("a team of another organization, or somebody who is not there, is not found", async () => {
    const [one, two] = [await organization(), await organization(["Blue"])];
    const ann = await person({ roles: ["VIEWER"] });
    const add = { organization: one.id, team: two.teams.Blue, users: [ann.id] };
    await refused(addMembers, await asAdmin(), add, { code: "not_found", reason: "team_not_found" });
    const nobody = { organization: one.id, users: ["01890000-0000-7000-8000-000000000000"] };
    await refused(addMembers, await asAdmin(), nobody, { code: "not_found", reason: "user_not_found" });
    const none = { organization: one.id, users: [] };
    await refused(addMembers, await asAdmin(), none, { code: "invalid", reason: "invalid_input" });
  });
});

describe("what members reach", () => {
  /** What somebody may do with the events of a team, by the rows that their next request loads. */
  async function mayView(token: string, resource: Omit<Resource, "attributes">) {
    const { actor, at } = await callWith(token);
    if (actor.kind !== "user") throw new Error("signed out");
    const attributes = { severity: "low", occurred_at: at.getTime() - 1000 };
    const question = { permission: "view_events", at: at.getTime(), resource: { ...resource, attributes } };
    return decide(actor.access.policy, actor.subject, question).effect;
  }

  test("T06, T21: a viewer sees what is their team's, moved to another that one's from the next request on", async () => {
    const { id, teams } = await organization(["A", "B"]);
    const [a, b] = [teams.A ?? "", teams.B ?? ""];
    const viewer = await person({ roles: ["VIEWER"] });
    const token = await signedIn(viewer);
    const sees = async () => [
      await mayView(token, { organization: id, team: a }),
      await mayView(token, { organization: id, team: b }),
      await mayView(token, { organization: id }),
    ];
    expect(await sees()).toEqual(["deny", "deny", "deny"]);
    await runCommand(addMembers, await asAdmin(), { organization: id, team: a, users: [viewer.id] });
    expect(await sees()).toEqual(["allow", "deny", "deny"]);
    const call = await asAdmin();
    await runCommand(removeMembers, call, { organization: id, team: a, users: [viewer.id] });
    await runCommand(addMembers, call, { organization: id, team: b, users: [viewer.id] });
    expect(await sees()).toEqual(["deny", "allow", "deny"]);
    await runCommand(removeMembers, await asAdmin(), { organization: id, users: [viewer.id] });
    expect(await sees()).toEqual(["deny", "deny", "deny"]);
  });

  test("T06: global reaches everything, personal what one owns or is assigned, in whatever team", async () => {
    const { id, teams } = await organization(["A"]);
    const [viewer, auditor] = [await person({ roles: ["VIEWER"] }), await person({ roles: ["AUDITOR"] })];
    const place = { organization: id, team: teams.A };
    const tokens = { viewer: await signedIn(viewer), auditor: await signedIn(auditor) };
    expect(await mayView(tokens.auditor, place)).toBe("allow");
    expect(await mayView(tokens.viewer, place)).toBe("deny");
    expect(await mayView(tokens.viewer, { ...place, owner: viewer.id })).toBe("allow");
    expect(await mayView(tokens.viewer, { ...place, assignees: [auditor.id, viewer.id] })).toBe("allow");
  });

  test("T06: organization reaches what belongs to any organization of one's own, whichever the team", async () => {
    const [own, other] = [await organization(["A"]), await organization(["B"])];
    await customRole("tenant", ["view_events"]);
    await limitGrant("tenant", "view_events", [{ scope: "organization", where: [] }]);
    const tenant = await person({ roles: ["tenant"] });
    const token = await signedIn(tenant);
    const sees = async () => [
      await mayView(token, { organization: own.id, team: own.teams.A }),
      await mayView(token, { organization: other.id, team: other.teams.B }),
      await mayView(token, { owner: tenant.id }),
    ];
    await runCommand(addMembers, await asAdmin(), { organization: own.id, users: [tenant.id] });
    expect(await sees()).toEqual(["allow", "deny", "deny"]);
    await runCommand(addMembers, await asAdmin(), { organization: other.id, users: [tenant.id] });
    expect(await sees()).toEqual(["allow", "allow", "deny"]);
  });

  test("a role that is narrowed to one team reaches nothing of another, and nothing at all once its holder left", async () => {
    const { id, teams } = await organization(["A", "B"]);
    const viewer = await person({ roles: ["VIEWER"] });
    const token = await signedIn(viewer);
    for (const team of Object.values(teams)) await joins(viewer, id, team);
    const narrowed: Partial<AssignmentSource> = { team: teams.A };
    await database().assignment.updateMany({
      where: { userId: viewer.id },
      data: { teamId: narrowed.team ?? "" },
    });
    const sees = async () =>
      Promise.all(Object.values(teams).map((team) => mayView(token, { organization: id, team })));
    expect(await sees()).toEqual(["allow", "deny"]);
    await runCommand(removeMembers, await asAdmin(), {
      organization: id,
      team: teams.A,
      users: [viewer.id],
    });
    expect(await sees()).toEqual(["deny", "deny"]);
  });
});
