import type { LimitNames, Window } from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Reader } from "#lib/kernel/database.ts";

/** What people call the things that a decision speaks of by key or id. */
export interface Names {
  role(key: string): string;
  permission(key: string): string;
  organization(id: string): string;
  team(id: string): string;
  limits: LimitNames;
}

export async function loadNames(reader: Reader): Promise<Names> {
  const labelled = { key: true, label: true } as const;
  const named = { id: true, name: true } as const;
  const valued = { attribute: true, key: true, label: true } as const;
  const [roles, permissions, organizations, teams, values, groups] = await Promise.all([
    reader.role.findMany({ select: labelled }),
    reader.permission.findMany({ select: labelled }),
    reader.organization.findMany({ select: named }),
    reader.team.findMany({ select: named }),
    reader.managedValue.findMany({ select: valued }),
    reader.valueGroup.findMany({ select: valued }),
  ]);
  const labels = (rows: readonly { key: string; label: string }[]) => {
    const known = new Map(rows.map(({ key, label }) => [key, label]));
    return (key: string) => known.get(key) ?? key;
  };
  const names = (rows: readonly { id: string; name: string }[]) => {
    const known = new Map(rows.map(({ id, name }) => [id, name]));
    return (id: string) => known.get(id) ?? id;
  };
  const perAttribute = (rows: readonly { attribute: string; key: string; label: string }[]) => {
    const known = new Map(rows.map((row) => [JSON.stringify([row.attribute, row.key]), row.label]));
    return (attribute: string, key: string) => known.get(JSON.stringify([attribute, key]));
  };
  return {
    role: labels(roles),
    permission: labels(permissions),
    organization: names(organizations),
    team: names(teams),
    limits: { value: perAttribute(values), group: perAttribute(groups) },
  };
}

export const windowOf = ({ policy }: ActivePolicy, role: string): Window | undefined =>
  policy.roles.get(role)?.window;
