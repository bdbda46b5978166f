import type { Target } from "#lib/kernel/audit.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { Joined } from "./rules.ts";
import { organizationGone } from "./view-organization.ts";

/** The organization, and the team when there is one: it has to be a team of that organization. */
export async function findPlace(
  reader: Reader | Tx,
  { organization: id, team: teamId }: { organization: string; team?: string | undefined },
): Promise<Joined> {
  const organization = await reader.organization.findUnique({
    where: { id },
    select: { id: true, name: true },
  });
  if (!organization) throw organizationGone();
  if (!teamId) return { organization };
  const team = await reader.team.findUnique({
    where: { id: teamId, organizationId: id },
    select: { id: true, name: true },
  });
  if (!team) throw teamGone();
  return { organization, team };
}

export const teamGone = () =>
  new AppError("not_found", "team_not_found", "There is no such team: it may have been deleted.");

/** For the trail: a refusal names what it was about, though the request only had an id. */
export async function nameOrganization(reader: Reader, id: string): Promise<Target> {
  const found = await reader.organization.findUnique({ where: { id }, select: { name: true } });
  return { kind: "organization", id, name: found?.name ?? id };
}

export async function nameTeam(reader: Reader, id: string): Promise<Target> {
  const found = await reader.team.findUnique({ where: { id }, select: { name: true } });
  return { kind: "team", id, name: found?.name ?? id };
}
