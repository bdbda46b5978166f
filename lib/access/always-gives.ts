import { hasBit } from "./bits.ts";
import { gatedParts, type Policy } from "./compiled.ts";

/** The keys of roles that give a permission in full, at every hour: what the lockout rule counts. Blocking roles never do. */
export function rolesThatAlwaysGive(policy: Policy, permission: string): string[] {
  const bit = policy.bitOf.get(permission);
  if (bit === undefined) return [];
  return [...policy.roles.values()]
    .filter((role) => role.window === undefined && !role.blocks && hasBit(role.full, bit))
    .map((role) => role.key);
}

/** The keys of roles that take every right from whoever holds them. */
export function blockingRoles(policy: Policy): string[] {
  return [...policy.roles.values()]
    .filter((role) => [...gatedParts(role)].some((part) => part.blocks))
    .map((role) => role.key);
}
