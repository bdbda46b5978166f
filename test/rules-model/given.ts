import type { Limit, Window } from "#lib/access/index.ts";
import { asList } from "./hours.ts";
import { asLimits } from "./limits.ts";
import { remembered } from "./remembered.ts";
import type { ModelRole, World } from "./world.ts";

/** What roles give: with all that they inherit and that is implied, where, and at which hours. */

export interface Share {
  limit: Limit;
  windows: readonly Window[];
}

/** Everything that a role inherits, whatever the hours, and itself. */
export function family(world: World, key: string, found = new Set<string>()): Set<string> {
  if (found.has(key)) return found;
  found.add(key);
  for (const base of world.roles.get(key)?.inherits ?? []) family(world, base, found);
  return found;
}

/** A role with what it inherits from roles without hours, and at that border those with hours. */
function reach(world: World, key: string): { within: Set<ModelRole>; border: Set<ModelRole> } {
  const [within, border] = [new Set<ModelRole>(), new Set<ModelRole>()];
  const visit = (one: string) => {
    const role = world.roles.get(one);
    if (!role || within.has(role)) return;
    if (role.window && one !== key) {
      border.add(role);
      return;
    }
    within.add(role);
    role.inherits.forEach(visit);
  };
  visit(key);
  return { within, border };
}

/** Does it, or what it inherits, take every right away: at some hour at least? */
export const blocks = (world: World, key: string): boolean =>
  [...family(world, key)].some((one) => world.roles.get(one)?.blocking === true);

/** Whenever it is held? */
export const blocksAlways = (world: World, key: string): boolean =>
  [...reach(world, key).within].some(({ blocking }) => blocking);

export function withImplied(world: World, key: string, found = new Set<string>()): Set<string> {
  if (found.has(key)) return found;
  found.add(key);
  for (const implied of world.permissions.get(key)?.implies ?? [])
    if (world.permissions.has(implied)) withImplied(world, implied, found);
  return found;
}

function ownGrants(world: World, role: ModelRole): [permission: string, limits: readonly Limit[]][] {
  if (!role.superuser)
    return [...role.grants].flatMap(([permission, limits]) =>
      [...withImplied(world, permission)].map((key): [string, readonly Limit[]] => [key, limits]),
    );
  return [...world.permissions.keys()].filter((key) => !role.except.includes(key)).map((key) => [key, []]);
}

/** What would be given if nothing took it away. */
export const sharesIn = (world: World, key: string): ReadonlyMap<string, readonly Share[]> =>
  remembered(world, `shares ${key}`, () => {
    const given = new Map<string, Share[]>();
    const { within, border } = reach(world, key);
    const own = asList(world.roles.get(key)?.window);
    const parts = [
      { roles: within, windows: own },
      ...[...border].map((base) => ({
        roles: reach(world, base.key).within,
        windows: [...own, ...asList(base.window)],
      })),
    ];
    for (const { roles, windows } of parts)
      for (const role of roles)
        for (const [permission, limits] of ownGrants(world, role)) {
          const shares = given.get(permission) ?? [];
          given.set(permission, shares);
          shares.push(...asLimits(limits).map((limit) => ({ limit, windows })));
        }
    return given;
  });

const nothing: ReadonlyMap<string, readonly Share[]> = new Map();

export const givenBy = (world: World, key: string): ReadonlyMap<string, readonly Share[]> =>
  blocksAlways(world, key) ? nothing : sharesIn(world, key);

/** Roles with hours that inherit from roles with hours are inherited by none: else what is compared depends on the way to them. */
export const isPlain = (world: World): boolean =>
  [...world.roles.keys()].every((key) =>
    [...reach(world, key).border].every((base) => reach(world, base.key).border.size === 0),
  );
