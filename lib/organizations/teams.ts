import { heldAt, throwIf } from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { nameTaken, refuseConflict } from "./edited.ts";
import { findPlace, nameTeam, teamGone } from "./find-place.ts";
import { membersOfTeam } from "./load-people.ts";
import { deletionRefusal, membershipRefusal } from "./rules.ts";
import { addTeamSchema, editTeamSchema, teamIdSchema } from "./schema.ts";

const taken = (name: string) => nameTaken("a team of this organization", name);

export const addTeam = defineCommand({
  name: "add team",
  needs: "manageOrganizations",
  input: addTeamSchema,
  about: ({ name }) => ({ kind: "team", name }),
  async run({ tx, call, at }, { organization: organizationId, name, description }) {
    const { organization } = await findPlace(tx, { organization: organizationId });
    const id = newId(at);
    const times = { createdAt: call.at, updatedAt: call.at };
    const data = { id, organizationId, name, nameKey: normaliseKey(name), description, ...times };
    await tx.team.create({ data, select: { id: true } }).catch(taken(name));
    return {
      target: { kind: "team", id, name },
      after: { organization: organization.name, name, description },
      result: { id, name },
    };
  },
});

export const editTeam = defineCommand({
  name: "edit team",
  needs: "manageOrganizations",
  input: editTeamSchema,
  about: ({ id, name }) => ({ kind: "team", id, name }),
  async run({ tx, call }, { id, version, name, description }) {
    const before = await findTeam(tx, id, call.at);
    refuseConflict(before, version);
    const data = {
      name,
      nameKey: normaliseKey(name),
      description,
      version: { increment: 1 },
      updatedAt: call.at,
    };
    const { count } = await tx.team.updateMany({ where: { id, version }, data }).catch(taken(name));
    if (count === 0) refuseConflict(await findTeam(tx, id, call.at), version);
    return {
      target: { kind: "team", id, name: before.name },
      before: { name: before.name, description: before.description },
      after: { name, description },
      result: { id, name },
    };
  },
});

/** Deletes a team that no assignment is narrowed to. Everybody leaves it, so the rules of leaving hold; they stay in its organization. */
export const deleteTeam = defineCommand({
  name: "delete team",
  needs: "manageOrganizations",
  changesAccess: true,
  input: teamIdSchema,
  about: ({ id }) => ({ kind: "team", id, name: id }),
  async prepare({ reader, concerns }, { id }) {
    concerns(await nameTeam(reader, id));
  },
  async run({ tx, call, actor, at }, { id }) {
    const { name, description, organization, _count: count } = await findTeam(tx, id, call.at);
    throwIf(deletionRefusal(name, { teams: 0, narrowed: count.assignments }));
    const members = await membersOfTeam(tx, id, at);
    for (const member of members) throwIf(membershipRefusal(actor, member, at));
    await tx.assignment.deleteMany({ where: { teamId: id, endsAt: { lte: call.at } } });
    await tx.team.delete({ where: { id }, select: { id: true } });
    const was = { organization: organization.name, name, description };
    return {
      target: { kind: "team", id, name },
      before: { ...was, members: members.map((member) => member.name) },
      result: { name },
    };
  },
});

async function findTeam(tx: Tx, id: string, at: Date) {
  const select = {
    name: true,
    description: true,
    version: true,
    organization: { select: { name: true } },
    _count: { select: { assignments: { where: heldAt(at) } } },
  } as const;
  const team = await tx.team.findUnique({ where: { id }, select });
  if (!team) throw teamGone();
  return team;
}
