import type { Capability, Limit, PolicySource, Subject, Window } from "#lib/access/index.ts";
import { referenceDecide, referenceRank } from "#lib/access/reference/reference.ts";
import { isActive, isInside } from "#lib/access/reference/reference-time.ts";
import type { ModelAssignment, ModelUser, World } from "./world.ts";

/** Effective rights by the slow reference of lib/access; nothing here asks the engine that the product uses. */

function sourceOf({ permissions, roles, catalogue }: World): PolicySource {
  return {
    permissions: [...permissions].map(([key, { implies }]) => ({ key, implies })),
    attributes: catalogue.attributes,
    roles: [...roles.values()].map((role) => ({
      ...role,
      grants: [...role.grants].map(([permission, limits]) => ({ permission, limits })),
      api: "full",
    })),
  };
}

const asSubject = (assignments: readonly ModelAssignment[]): Subject => ({
  id: "somebody",
  active: true,
  assignments: assignments.map((assignment, index) => ({ ...assignment, id: String(index) })),
});

/** The roles that count at the instant. */
function activeRoles({ at }: World, assignments: readonly ModelAssignment[]): string[] {
  const active = assignments.filter((one) => isActive({ ...one, id: "" }, undefined, at) === "yes");
  return [...new Set(active.map(({ role }) => role))].sort();
}

/** Answers of the reference for one state of roles; thrown away with it. */
const answers = new WeakMap<ReadonlyMap<string, unknown>, Map<string, unknown>>();

function remembered<T>(world: World, question: string, answer: () => T): T {
  const known = answers.get(world.roles) ?? new Map<string, unknown>();
  answers.set(world.roles, known);
  if (!known.has(question)) known.set(question, answer());
  return known.get(question) as T;
}

/** What holders of exactly these roles may do with a permission. */
function effectOf(world: World, roles: readonly string[], permission: string) {
  return remembered(world, `effect ${permission} ${roles}`, () =>
    referenceDecide(sourceOf(world), asSubject(roles.map((role) => ({ role }))), {
      permission,
      at: world.at,
    }),
  );
}

export function may(world: World, user: ModelUser, capability: Capability): boolean {
  const permission = world.catalogue.capabilities[capability];
  if (permission === undefined || !user.active) return false;
  return effectOf(world, activeRoles(world, user.assignments), permission) === "allow";
}

export const rankOf = (world: World, { assignments }: Pick<ModelUser, "assignments">): number =>
  referenceRank(sourceOf(world), asSubject(assignments), world.at);

/** The role with all that it inherits; whether any of them takes every right away. */
function family(world: World, key: string, found = new Set<string>()): Set<string> {
  if (found.has(key)) return found;
  found.add(key);
  for (const base of world.roles.get(key)?.inherits ?? []) family(world, base, found);
  return found;
}

export const blocks = (world: World, key: string): boolean =>
  [...family(world, key)].some((one) => world.roles.get(one)?.blocking === true);

const withImplied = (world: World, key: string, found = new Set<string>()): Set<string> => {
  if (found.has(key)) return found;
  found.add(key);
  for (const implied of world.permissions.get(key)?.implies ?? [])
    if (world.permissions.has(implied)) withImplied(world, implied, found);
  return found;
};

/** Everything that a role gives: no limits for in full, else all limits under which it does. */
function givenBy(world: World, key: string): Map<string, readonly Limit[]> {
  const given = new Map<string, readonly Limit[]>();
  if (blocks(world, key)) return given;
  const add = (permission: string, limits: readonly Limit[]) => {
    const present = given.get(permission);
    if (present?.length === 0) return;
    given.set(permission, limits.length === 0 ? [] : [...(present ?? []), ...limits]);
  };
  for (const one of family(world, key)) {
    const role = world.roles.get(one);
    if (role?.superuser)
      for (const permission of world.permissions.keys())
        if (!role.except.includes(permission)) add(permission, []);
    if (role && !role.superuser)
      for (const [permission, limits] of role.grants)
        for (const implied of withImplied(world, permission)) add(implied, limits);
  }
  return given;
}

/** The limits under which holders of these roles have it. Nobody here belongs to an organization or team. */
function ownLimits(world: World, roles: readonly string[], permission: string): Limit[] {
  return roles
    .flatMap((role) => givenBy(world, role).get(permission) ?? [])
    .filter(({ scope }) => scope === "global" || scope === "personal");
}

const isNarrower = (narrow: Limit, wide: Limit): boolean =>
  (wide.scope === "global" || wide.scope === narrow.scope) &&
  wide.where.every((one) => narrow.where.some((other) => JSON.stringify(other) === JSON.stringify(one)));

function holdsAsWidely(world: World, roles: readonly string[], permission: string, limits: readonly Limit[]) {
  const effect = effectOf(world, roles, permission);
  if (effect !== "limited" || limits.length === 0) return effect === "allow";
  const own = ownLimits(world, roles, permission);
  return limits.every((limit) => own.some((wide) => isNarrower(limit, wide)));
}

/** For how long something is given; nothing said is for good and at every hour. */
export type Times = Pick<ModelAssignment, "end" | "window">;

const halfAnHour = 1_800_000;
const week = Array.from({ length: 336 }, (_, count) => Date.UTC(2026, 2, 2) + count * halfAnHour);

const isWithin = (narrow: Window | undefined, wide: Window | undefined): boolean =>
  wide === undefined ||
  (narrow !== undefined &&
    week.every((at) => isInside(narrow, at) !== "yes" || isInside(wide, at) === "yes"));

/** What ends sooner or is held at fewer hours is not held for as long. */
const heldForAsLong = (world: World, { assignments }: ModelUser, times: Times): string[] =>
  activeRoles(
    world,
    assignments.filter(
      ({ end, window }) =>
        (end === undefined || (times.end !== undefined && times.end <= end)) &&
        isWithin(times.window, window),
    ),
  );

/** Does the role give what the user does not hold as widely, or not for as long? */
export function exceeds(world: World, user: ModelUser, role: string, times: Times = {}): boolean {
  const own = heldForAsLong(world, user, times);
  return remembered(world, `exceeds ${role} ${own}`, () =>
    [...givenBy(world, role)].some(([permission, limits]) => !holdsAsWidely(world, own, permission, limits)),
  );
}

/** Would these permissions, put into a role, give what the user does not hold? */
export function exceedsGrants(world: World, user: ModelUser, permissions: readonly string[]): boolean {
  const own = heldForAsLong(world, user, {});
  return permissions.some((permission) =>
    [...withImplied(world, permission)].some((key) => !holdsAsWidely(world, own, key, [])),
  );
}

/** Does this role alone give the permission in full, at every hour? */
export const alwaysGives = (world: World, roles: readonly string[], permission: string): boolean =>
  effectOf(world, [...new Set(roles)].sort(), permission) === "allow";

/** Does giving the role have to be confirmed? */
export function isDangerous(world: World, key: string): boolean {
  const { permissions, roles, capabilities } = world.catalogue;
  if (blocks(world, key)) return false;
  const given = givenBy(world, key);
  return (
    roles.some((role) => role.key === key && role.dangerous) ||
    [...family(world, key)].some((one) => world.roles.get(one)?.superuser) ||
    permissions.some(
      (one) => given.has(one.key) && (one.dangerous || one.key === capabilities.grantBeyondOwn),
    )
  );
}
