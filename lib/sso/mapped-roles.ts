import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import { type Claims, type Mapping, type Provider, rolesFrom } from "#lib/providers/index.ts";

/** What makes roles of claims: of a provider as it is, or as somebody is about to save it. */
export type Mapper = Pick<Provider, "rules"> & { settings: Pick<Provider["settings"], "defaultRole"> };

/**
 * Which roles a provider's word makes, by roles that are there: a rule for one that has been deleted is passed over.
 * Whoever no rule fits gets the provider's default role, or the catalogue's for new users.
 */
export function mappedRoles({ policy, catalogue }: ActivePolicy, mapper: Mapper, claims: Claims): Mapping {
  const { assignment } = catalogue;
  const mapping = rolesFrom(
    { rules: liveRules({ policy }, mapper), defaultRole: undefined, assignment },
    claims,
  );
  if (mapping.kind === "unread" || mapping.roles.length > 0) return mapping;
  return { ...mapping, roles: defaultRoles({ policy, catalogue }, mapper) };
}

export const liveRules = ({ policy }: Pick<ActivePolicy, "policy">, { rules }: Mapper) =>
  rules.filter(({ role }) => policy.roles.has(role));

/** Roles that rules name and that are not there any more. */
export function goneRoles({ policy }: Pick<ActivePolicy, "policy">, { rules, settings }: Mapper): string[] {
  const named = [...rules.map(({ role }) => role), ...(settings.defaultRole ? [settings.defaultRole] : [])];
  return [...new Set(named.filter((role) => !policy.roles.has(role)))];
}

export function defaultRoles(
  { policy, catalogue }: Pick<ActivePolicy, "policy" | "catalogue">,
  { settings: { defaultRole } }: Mapper,
): string[] {
  return defaultRole !== undefined && policy.roles.has(defaultRole)
    ? [defaultRole]
    : [...catalogue.newUserRoles];
}
