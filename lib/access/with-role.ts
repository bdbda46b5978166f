import { newBits } from "./bits.ts";
import { closeRole } from "./close-role.ts";
import { basesOf, newRole } from "./compile.ts";
import type { CompiledRole, Policy } from "./compiled.ts";
import type { RoleSource } from "./model.ts";

/**
 * The policy after one role was edited: that role and those that inherit it are laid out anew, all others are shared.
 * @param source the edited role
 * @returns what `compile` would make of it; undefined for a role that the policy does not have
 */
export function withRole(policy: Policy, source: RoleSource): Policy | undefined {
  const before = policy.roles.get(source.key);
  if (before === undefined) return undefined;
  const edited = newRole(source, before.index, policy.bitOf, policy.vocabulary);
  edited.bases = basesOf(source, policy.roles);
  const renewed = new Map([[before, edited]]);
  for (const heir of heirsOf(policy, before)) renewed.set(heir, blank(heir, policy.keys.length));
  for (const role of renewed.values()) role.bases = role.bases.map((base) => renewed.get(base) ?? base);
  for (const role of renewed.values()) closeRole(role, policy.implied);
  const roles = new Map(policy.roles);
  for (const role of renewed.values()) roles.set(role.key, role);
  const blocking = [...roles.values()].some((role) => role.blocking);
  // Once there was an exception, looking for one costs little.
  const excepting = policy.excepting || (source.superuser && source.except.length > 0);
  const walk = { marks: new Uint32Array(roles.size), number: 0 };
  return { ...policy, roles, blocking, excepting, walk, prepared: new WeakMap() };
}

/** Every role that inherits this one, to any depth, without itself. */
function heirsOf(policy: Policy, role: CompiledRole): Set<CompiledRole> {
  const direct = new Map<CompiledRole, CompiledRole[]>();
  for (const one of policy.roles.values())
    for (const base of one.bases) {
      const known = direct.get(base);
      if (known) known.push(one);
      else direct.set(base, [one]);
    }
  const found = new Set(direct.get(role));
  for (const heir of found) for (const further of direct.get(heir) ?? []) found.add(further);
  found.delete(role);
  return found;
}

const blank = (role: CompiledRole, size: number): CompiledRole => ({
  ...role,
  full: newBits(size),
  partial: newBits(size),
  blocks: false,
  known: {},
});
