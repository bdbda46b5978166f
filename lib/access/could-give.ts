import { type Bits, hasBit, union } from "./bits.ts";
import { type CompiledRole, gatedParts, type Policy } from "./compiled.ts";

/** All that a role can ever give, whatever the clock or a resource says. */
export function possibleOf(role: CompiledRole): Bits {
  if (role.known.possible) return role.known.possible;
  const sets: Bits[] = [];
  for (const part of gatedParts(role)) {
    sets.push(part.full);
    if (part.limits.size > 0) sets.push(part.partial);
  }
  role.known.possible = union(sets, 32 * role.full.length);
  return role.known.possible;
}

export const couldGive = (role: CompiledRole, bit: number): boolean => hasBit(possibleOf(role), bit);

/**
 * The keys of roles that give a permission at all, in full or within limits, at whatever hour.
 * `check` denies it to whoever holds none of them, so a search for holders need not look at anybody else.
 */
export function rolesThatCouldGive(policy: Policy, permission: string): string[] {
  const bit = policy.bitOf.get(permission);
  if (bit === undefined) return [];
  return [...policy.roles.values()].filter((role) => couldGive(role, bit)).map((role) => role.key);
}
