import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import { defaultRoles, liveRules, type Mapper } from "./mapped-roles.ts";

/** Every role that the rules or the default role of one of the providers can give. */
export function rolesTheyGive(access: ActivePolicy, mappers: readonly Mapper[]): ReadonlySet<string> {
  return new Set(
    mappers.flatMap((one) => [
      ...liveRules(access, one).map(({ role }) => role),
      ...defaultRoles(access, one),
    ]),
  );
}

/**
 * What somebody lastingly holds once a provider's word has been followed: what it gives, and what is not its to take.
 * A guarded role that no provider gives stays; where a user has one role, unless the provider gives a higher one.
 */
export function rolesAfter(
  { policy, catalogue }: ActivePolicy,
  held: readonly { key: string; guarded: boolean }[],
  mapped: readonly string[],
  given: ReadonlySet<string>,
): { roles: string[]; kept: string[] } {
  const kept = [
    ...new Set(held.filter(({ key, guarded }) => guarded && !given.has(key)).map(({ key }) => key)),
  ];
  const roles = mapped.filter((key) => !kept.includes(key));
  if (catalogue.assignment === "multiple" || kept.length + roles.length <= 1) return { roles, kept };
  const rank = (key: string) => policy.roles.get(key)?.rank ?? 0;
  const [highest] = [...kept, ...roles].sort((one, other) => rank(other) - rank(one));
  const only = (keys: readonly string[]) => keys.filter((key) => key === highest);
  return { roles: only(roles), kept: only(kept) };
}
