import { throwIf } from "#lib/assignments/index.ts";
import type { Target } from "#lib/kernel/audit.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { findPlace, nameOrganization, nameTeam } from "./find-place.ts";
import { peopleOf } from "./load-people.ts";
import { addingRefusal, type Joined, membershipRefusal, type RuledMember } from "./rules.ts";
import { addMembersSchema, removeMembersSchema } from "./schema.ts";

/**
 * Adds people to an organization, or to one of its teams and so to the organization as well.
 * Their sessions stay: memberships are read anew at each request, so the next one sees it.
 */
export const addMembers = defineCommand({
  name: "add members",
  needs: "manageOrganizations",
  changesAccess: true,
  input: addMembersSchema,
  prepare: nameConcerned,
  async run({ tx, call, actor, at }, input) {
    const place = await findPlace(tx, input);
    const people = await everybody(tx, input.users, at);
    const newcomers = people.filter(({ subject }) => !isThere(subject, place));
    for (const person of newcomers) throwIf(addingRefusal(actor, person, place, at), "users");
    const organizationId = place.organization.id;
    const joining = newcomers
      .filter(({ subject }) => !subject.organizations?.includes(organizationId))
      .map(({ subject }) => ({ organizationId, userId: subject.id, createdAt: call.at }));
    await tx.organizationMember.createMany({ data: joining });
    if (place.team) {
      const teamId = place.team.id;
      const data = newcomers.map(({ subject }) => ({
        teamId,
        userId: subject.id,
        organizationId,
        createdAt: call.at,
      }));
      await tx.teamMember.createMany({ data });
    }
    const added = newcomers.map(({ name }) => name);
    const { name } = place.team ?? place.organization;
    return { target: targetOf(place), after: { ...namesOf(place), added }, result: { name, added } };
  },
});

/** Takes people out of a team, or out of an organization and so out of all its teams. What was narrowed to it reaches nothing then. */
export const removeMembers = defineCommand({
  name: "remove members",
  needs: "manageOrganizations",
  changesAccess: true,
  input: removeMembersSchema,
  prepare: nameConcerned,
  async run({ tx, actor, at }, input) {
    const place = await findPlace(tx, input);
    const people = await everybody(tx, input.users, at);
    const leaving = people.filter(({ subject }) => isThere(subject, place));
    for (const person of leaving) throwIf(membershipRefusal(actor, person, at), "users");
    const userId = { in: leaving.map(({ subject }) => subject.id) };
    const organizationId = place.organization.id;
    // The rows of the teams hang on this one and go with it.
    if (place.team) await tx.teamMember.deleteMany({ where: { teamId: place.team.id, userId } });
    else await tx.organizationMember.deleteMany({ where: { organizationId, userId } });
    const removed = leaving.map(({ name }) => name);
    const { name } = place.team ?? place.organization;
    return { target: targetOf(place), before: { ...namesOf(place), removed }, result: { name, removed } };
  },
});

async function everybody(tx: Tx, ids: readonly string[], at: number): Promise<RuledMember[]> {
  const people = await peopleOf(tx, ids, at);
  if (people.length === new Set(ids).size) return people;
  const message = "One of them is not there any more: they may have been deleted.";
  throw new AppError("not_found", "user_not_found", message, { fields: { users: [message] } });
}

function isThere({ organizations, teams }: RuledMember["subject"], { organization, team }: Joined): boolean {
  return (team ? teams?.includes(team.id) : organizations?.includes(organization.id)) ?? false;
}

const namesOf = ({ organization, team }: Joined) => ({
  organization: organization.name,
  ...(team && { team: team.name }),
});

const targetOf = ({ organization, team }: Joined) =>
  team ? ({ kind: "team", ...team } as const) : ({ kind: "organization", ...organization } as const);

async function nameConcerned(
  { reader, concerns }: { reader: Reader; concerns: (target: Target) => void },
  { organization, team }: { organization: string; team?: string | undefined },
): Promise<void> {
  concerns(await (team ? nameTeam(reader, team) : nameOrganization(reader, organization)));
}
