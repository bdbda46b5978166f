import { withImplied } from "./beyond.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Policy } from "./compiled.ts";
import { givesAtAll } from "./given-by.ts";
import { trails } from "./holdings.ts";

/** What can be dangerous about giving a role. */
export interface Danger {
  /** It holds, or inherits from a role that holds, every permission, whatever is stored. */
  superuser: boolean;
  /** Keys of the dangerous permissions that it gives, inherited and implied ones included. */
  permissions: string[];
}

/**
 * The permissions that a catalogue marks as dangerous, and the one that lets its holder give more than they hold:
 * it is as good as every other, whether marked or not.
 * @returns keys in the catalogue's order
 */
export function dangerousPermissions(catalogue: Catalogue): readonly string[] {
  const known = kept.get(catalogue);
  if (known) return known;
  const { permissions, capabilities } = catalogue;
  const found = permissions
    .filter(({ key, dangerous }) => dangerous || key === capabilities.grantBeyondOwn)
    .map(({ key }) => key);
  kept.set(catalogue, found);
  return found;
}

/** Asked for every role of every row of a list. */
const kept = new WeakMap<Catalogue, readonly string[]>();

/**
 * What is dangerous about giving a role to somebody: the catalogue says so, it is a superuser's, or it gives,
 * now or at any time, a dangerous permission. The one answer for rules and screens.
 * @returns undefined for a harmless role, one that the policy does not know, and one that takes every right
 */
export function dangerOf(policy: Policy, catalogue: Catalogue, roleKey: string): Danger | undefined {
  const role = policy.roles.get(roleKey);
  if (!role || role.blocks) return undefined;
  const superuser = trails(policy, role, () => true).some((trail) => trail.role.superuser !== undefined);
  const permissions = dangerousPermissions(catalogue).filter((key) => givesAtAll(policy, role, key));
  const marked = catalogue.roles.some(({ key, dangerous }) => key === roleKey && dangerous);
  return superuser || marked || permissions.length > 0 ? { superuser, permissions } : undefined;
}

/**
 * The dangerous permissions that grants would bring to a role which it does not give yet, implied ones included.
 * @param roleKey absent for a role that is still to be made
 */
export function dangersAdded(
  policy: Policy,
  catalogue: Catalogue,
  roleKey: string | undefined,
  grants: readonly string[],
): string[] {
  const given = new Set(grants.flatMap((key) => withImplied(policy, key)));
  const role = roleKey === undefined ? undefined : policy.roles.get(roleKey);
  return dangerousPermissions(catalogue).filter(
    (key) => given.has(key) && !(role && givesAtAll(policy, role, key)),
  );
}
