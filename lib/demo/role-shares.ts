import { beyond, givenBy, holds, type Policy, type Subject } from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { DemoPerson } from "./people.ts";
import { day } from "./people.ts";
import type { Random } from "./random.ts";

export interface DemoHolder extends DemoPerson {
  roles: string[];
  /** Who gave them; nobody did for the one who set the installation up. */
  giver: DemoHolder | undefined;
  /** The only role that they had before an administrator changed it. */
  earlier: { role: string; until: Date } | undefined;
  administrates: boolean;
}

const subjectOf = (id: string, roles: readonly string[]): Subject => ({
  id,
  active: true,
  assignments: roles.map((role) => ({ id: role, role })),
});

/** Gives everybody their roles: the first one those of an owner, a few an administrator's, the rest by realistic shares. */
export function shareRoles(random: Random, people: readonly DemoPerson[], access: ActivePolicy, at: Date) {
  const { policy, catalogue } = access;
  const instant = at.getTime();
  const administrates = (roles: readonly string[]) =>
    holds(policy, catalogue.capabilities, subjectOf("", roles), "manageUsers", instant);
  const keys = [...policy.roles.keys()];
  const high = keys.filter((key) => administrates([key]));
  const low = keys.filter((key) => !high.includes(key));
  const weights = new Map(low.map((key) => [key, weightOf(policy, key, catalogue)]));

  const holders: DemoHolder[] = [];
  const rolesFor = (index: number): string[] => {
    if (index === 0) return [...catalogue.firstUserRoles];
    if (index < 3 * high.length && index < 10) return [high[(index - 1) % high.length] as string];
    const several = catalogue.assignment === "multiple" ? random.weighted([1, 2, 3], (n) => 1 / n ** 2) : 1;
    const drawn = Array.from({ length: several }, () => random.weighted(low, (key) => weights.get(key) ?? 0));
    // A role that blocks takes every right away, so it comes alone.
    const blocking = drawn.find((key) => policy.roles.get(key)?.blocking);
    return blocking ? [blocking] : [...new Set(drawn)];
  };
  for (const [index, person] of people.entries()) {
    const roles = rolesFor(index);
    const holder = { ...person, roles, giver: giverOf(random, holders, roles, policy, instant) };
    const earlier = index > 12 ? earlierRole(random, person, roles, low, instant) : undefined;
    holders.push({ ...holder, earlier, administrates: administrates(roles) });
  }
  return { holders, ordinary: mostGiven(holders.slice(12), policy, catalogue.newUserRoles) };
}

/** The less a role gives, the more people have it; what new users get is the most common. */
function weightOf(policy: Policy, key: string, { roles, newUserRoles }: ActivePolicy["catalogue"]): number {
  if (policy.roles.get(key)?.blocking) return 0.02;
  const given = givenBy(policy, key).size / policy.keys.length;
  const usual = newUserRoles.includes(key) ? 3 : 1;
  // Roles that an administrator made are for a few.
  const builtIn = roles.some((role) => role.key === key) ? 1 : 0.3;
  return ((1 - given) ** 2 * usual + 0.05) * builtIn;
}

/** Somebody who was there already and holds all that they give. */
function giverOf(
  random: Random,
  holders: readonly DemoHolder[],
  roles: readonly string[],
  policy: Policy,
  at: number,
): DemoHolder | undefined {
  const able = holders.filter(
    ({ id, roles: own, administrates }) =>
      administrates && roles.every((role) => beyond(policy, subjectOf(id, own), role, at).length === 0),
  );
  return able.length > 0 && random.chance(0.7) ? random.pick(able) : holders[0];
}

function earlierRole(
  random: Random,
  person: DemoPerson,
  roles: readonly string[],
  low: readonly string[],
  at: number,
): DemoHolder["earlier"] {
  const time = at - person.createdAt.getTime();
  if (time < 20 * day || !random.chance(0.08)) return undefined;
  const role = random.pick(low);
  if (roles.includes(role)) return undefined;
  return { role, until: new Date(person.createdAt.getTime() + (0.2 + 0.7 * random.next()) * time) };
}

/** Somebody like most: with exactly the role of new users, or else the role that most have. */
function mostGiven(holders: readonly DemoHolder[], policy: Policy, usual: readonly string[]): DemoHolder {
  const plain = holders.filter(
    ({ roles: [role = ""], roles }) => roles.length === 1 && !policy.roles.get(role)?.blocking,
  );
  const count = (role: string) =>
    plain.filter(({ roles }) => roles[0] === role).length + (usual.includes(role) ? 1e6 : 0);
  const roles = [...new Set(plain.map(({ roles: [role] }) => role as string))].sort(
    (a, b) => count(b) - count(a),
  );
  return (
    plain.find((holder) => holder.roles[0] === roles[0] && !holder.earlier) ?? (holders[0] as DemoHolder)
  );
}
