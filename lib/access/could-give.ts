import { hasBit } from "./bits.ts";
import { gatedParts, type Policy } from "./compiled.ts";

/**
 * The keys of roles that give a permission at all, in full or within limits, at whatever hour.
 * `check` denies it to whoever holds none of them, so a search for holders need not look at anybody else.
 */
export function rolesThatCouldGive(policy: Policy, permission: string): string[] {
  const bit = policy.bitOf.get(permission);
  if (bit === undefined) return [];
  return [...policy.roles.values()]
    .filter((role) =>
      [...gatedParts(role)].some((part) => hasBit(part.full, bit) || hasBit(part.partial, bit)),
    )
    .map((role) => role.key);
}
