import type { Capability, Limit, PolicySource, Subject, Window } from "#lib/access/index.ts";
import { isBlocked, referenceDecide, referenceRank } from "#lib/access/reference/reference.ts";
import { isActive } from "#lib/access/reference/reference-time.ts";
import { blocksAlways, family, givenBy, type Share, sharesIn, withImplied } from "./given.ts";
import { asList, isOpen, isWithin } from "./hours.ts";
import { asLimits, isEverywhere, isNarrower } from "./limits.ts";
import { remembered } from "./remembered.ts";
import type { ModelAssignment, ModelUser, World } from "./world.ts";

/** Effective rights by the slow reference of lib/access; nothing here asks the engine that the product uses. */

const sourceOf = (world: World): PolicySource =>
  remembered(world, "source", () => ({
    permissions: [...world.permissions].map(([key, { implies }]) => ({ key, implies })),
    attributes: world.catalogue.attributes,
    roles: [...world.roles.values()].map((role) => ({
      ...role,
      grants: [...role.grants].map(([permission, limits]) => ({ permission, limits })),
    })),
  }));

const asSubject = (assignments: readonly ModelAssignment[]): Subject => ({
  id: "somebody",
  active: true,
  assignments: assignments.map((assignment, index) => ({ ...assignment, id: String(index) })),
});

const isHeldNow = ({ at, roles }: World, one: ModelAssignment): boolean =>
  isActive({ ...one, id: "" }, roles.get(one.role)?.window, at) === "yes";

/** Which roles with hours of their own count at the instant. */
const openRoles = (world: World): string[] =>
  remembered(world, "hours", () => [...world.roles.values()].filter(({ window }) => window))
    .filter(({ window }) => asList(window).every((one) => isOpen(one, world.at)))
    .map(({ key }) => key);

/** What holders of exactly these roles may do with a permission. */
function effectOf(world: World, roles: readonly string[], permission: string) {
  return remembered(world, `effect ${permission} ${roles} ${openRoles(world)}`, () =>
    referenceDecide(sourceOf(world), asSubject(roles.map((role) => ({ role }))), {
      permission,
      at: world.at,
    }),
  );
}

export function may(world: World, user: ModelUser, capability: Capability): boolean {
  const permission = world.catalogue.capabilities[capability];
  if (permission === undefined || !user.active) return false;
  const held = user.assignments.filter((one) => isHeldNow(world, one)).map(({ role }) => role);
  return effectOf(world, [...new Set(held)].sort(), permission) === "allow";
}

export const rankOf = (world: World, { assignments }: Pick<ModelUser, "assignments">): number =>
  referenceRank(sourceOf(world), asSubject(assignments), world.at);

/** For how long something is given; nothing said is for good and at every hour. */
export type Times = Pick<ModelAssignment, "end" | "window">;

interface Given extends Share {
  permission: string;
}

/** Nobody here belongs to an organization or team: what one holds in one's own reaches nothing. */
const reachesSomething = ({ scope }: Limit): boolean => scope === "global" || scope === "personal";

/** Does one of the assignments give all of it, now, at those hours and in those places? */
function holds(world: World, own: readonly ModelAssignment[], given: Given): boolean {
  const { attributes } = world.catalogue;
  const gives = ({ limit, windows }: Share, window: Window | undefined) =>
    reachesSomething(limit) &&
    windows.every((one) => isOpen(one, world.at)) &&
    isNarrower(attributes, given.limit, limit) &&
    isWithin(given.windows, [...windows, ...asList(window)]);
  return own.some(({ role, window }) =>
    givenBy(world, role)
      .get(given.permission)
      ?.some((share) => gives(share, window)),
  );
}

/** What ends sooner is not held for as long. */
function exceedsAll(world: World, { assignments }: ModelUser, given: readonly Given[], end?: number) {
  if (isBlocked(sourceOf(world), asSubject(assignments), world.at)) return given.length > 0;
  const lasts = (one: ModelAssignment) => one.end === undefined || (end !== undefined && end <= one.end);
  const own = assignments.filter((one) => lasts(one) && isHeldNow(world, one));
  return given.some((one) => !holds(world, own, one));
}

/** Does the role give what the user does not hold as widely, or not for as long? */
export function exceeds(world: World, user: ModelUser, role: string, times: Times = {}): boolean {
  const given = [...givenBy(world, role)].flatMap(([permission, shares]) =>
    shares.map(({ limit, windows }) => ({
      ...{ permission, limit },
      windows: [...windows, ...asList(times.window)],
    })),
  );
  return exceedsAll(world, user, given, times.end);
}

/** Would these permissions, put into a role with these hours, give what the user does not hold? */
export function exceedsGrants(
  world: World,
  user: ModelUser,
  grants: readonly { permission: string; limits: readonly Limit[] }[],
  window: Window | undefined,
): boolean {
  const given = grants.flatMap(({ permission, limits }) =>
    [...withImplied(world, permission)].flatMap((key) =>
      asLimits(limits).map((limit) => ({ permission: key, limit, windows: asList(window) })),
    ),
  );
  return exceedsAll(world, user, given);
}

/** Does one of these roles give the permission in full, at every hour? */
export const alwaysGives = (world: World, roles: readonly string[], permission: string): boolean =>
  roles.some((role) =>
    givenBy(world, role)
      .get(permission)
      ?.some(({ limit, windows }) => windows.length === 0 && isEverywhere(limit)),
  );

const dangerousPermissions = ({ catalogue: { permissions, capabilities } }: World): string[] =>
  permissions
    .filter(({ key, dangerous }) => dangerous || key === capabilities.grantBeyondOwn)
    .map(({ key }) => key);

/** Does giving the role have to be confirmed? */
export function isDangerous(world: World, key: string): boolean {
  if (blocksAlways(world, key)) return false;
  const given = givenBy(world, key);
  return (
    world.catalogue.roles.some((role) => role.key === key && role.dangerous) ||
    [...family(world, key)].some((one) => world.roles.get(one)?.superuser) ||
    dangerousPermissions(world).some((one) => given.has(one))
  );
}

/** The dangerous permissions that grants bring to a role which it does not give yet. */
export function dangersAdded(world: World, role: string, grants: readonly string[]): string[] {
  const added = new Set(grants.flatMap((key) => [...withImplied(world, key)]));
  const given = sharesIn(world, role);
  return dangerousPermissions(world).filter((key) => added.has(key) && !given.has(key));
}
