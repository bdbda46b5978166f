import { hasBit } from "./bits.ts";
import type { Limit } from "./catalogue.ts";
import { type CompiledRole, gatedParts, type Policy } from "./compiled.ts";

/** What a role gives, now or at any time: permission keys in the policy's order; no limits means unconditional. */
export function givenBy(policy: Policy, roleKey: string): Map<string, readonly Limit[]> {
  const given = new Map<string, readonly Limit[]>();
  const role = policy.roles.get(roleKey);
  if (!role || role.blocks) return given;
  policy.keys.forEach((key, bit) => {
    const limits = widthOf(role, bit);
    if (limits) given.set(key, limits);
  });
  return given;
}

/** Whether a role gives a permission, now or at any time, limited or not. */
export function givesAtAll(policy: Policy, role: CompiledRole, permission: string): boolean {
  const bit = policy.bitOf.get(permission);
  return bit !== undefined && widthOf(role, bit) !== undefined;
}

/** No limits: unconditional. Undefined: not given. Windows are passed over: an open hour is enough to escalate. */
function widthOf(role: CompiledRole, bit: number): readonly Limit[] | undefined {
  const limits: Limit[] = [];
  for (const part of gatedParts(role)) {
    if (hasBit(part.full, bit)) return [];
    limits.push(...(part.limits.get(bit) ?? []).map(({ source }) => source));
  }
  return limits.length > 0 ? limits : undefined;
}
