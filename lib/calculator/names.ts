import { z } from "zod";
import type { Limit, LimitNames, Subject, Window } from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { loadLimitNames } from "#lib/roles/index.ts";

/** What people call the things that a decision speaks of by key or id. */
export interface Names {
  role(key: string): string;
  permission(key: string): string;
  organization(id: string): string;
  team(id: string): string;
  limits: LimitNames;
}

interface PlaceIds {
  organizations: string[];
  teams: string[];
}

/** Where these subjects belong, what their assignments are narrowed to, and the places of a question. */
export const placesOf = (
  subjects: readonly Omit<Subject, "id" | "active">[],
  { organization, team }: { organization?: string | undefined; team?: string | undefined } = {},
): PlaceIds => ({
  organizations: [
    ...(organization ? [organization] : []),
    ...subjects.flatMap((one) => one.organizations ?? []),
    ...subjects.flatMap((one) => one.assignments.flatMap((held) => held.organization ?? [])),
  ],
  teams: [
    ...(team ? [team] : []),
    ...subjects.flatMap((one) => one.teams ?? []),
    ...subjects.flatMap((one) => one.assignments.flatMap((held) => held.team ?? [])),
  ],
});

/** A question may come with any words; what is no id is nobody's. */
const known = (ids: readonly string[]) => [...new Set(ids)].filter((id) => z.uuid().safeParse(id).success);

/** Of places only those that are concerned: an installation may have any number of them. */
export async function loadNames(
  reader: Reader,
  { roleLabels }: ActivePolicy,
  places: PlaceIds,
): Promise<Names> {
  const [inOrganizations, inTeams] = [known(places.organizations), known(places.teams)];
  const named = (ids: string[]) => ({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const [permissions, limited, organizations, teams] = await Promise.all([
    reader.permission.findMany({ select: { key: true, label: true } }),
    reader.grant.findMany({ where: { NOT: { limits: { equals: [] } } }, select: { limits: true } }),
    inOrganizations.length > 0 ? reader.organization.findMany(named(inOrganizations)) : [],
    inTeams.length > 0 ? reader.team.findMany(named(inTeams)) : [],
  ]);
  const grants = limited.map(({ limits }) => ({ limits: limits as unknown as Limit[] }));
  const labels = new Map(permissions.map(({ key, label }) => [key, label]));
  const names = (rows: readonly { id: string; name: string }[]) => {
    const known = new Map(rows.map(({ id, name }) => [id, name]));
    return (id: string) => known.get(id) ?? id;
  };
  return {
    role: (key) => roleLabels.get(key) ?? key,
    permission: (key) => labels.get(key) ?? key,
    organization: names(organizations),
    team: names(teams),
    limits: await loadLimitNames(reader, grants),
  };
}

export const windowOf = ({ policy }: ActivePolicy, role: string): Window | undefined =>
  policy.roles.get(role)?.window;
