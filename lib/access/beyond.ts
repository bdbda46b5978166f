import { hasBit } from "./bits.ts";
import type { Limit } from "./catalogue.ts";
import { check } from "./check.ts";
import { type CompiledRole, gatedParts, type Policy } from "./compiled.ts";
import { covers } from "./covers.ts";
import { decide } from "./decide.ts";
import type { Subject } from "./model.ts";

/**
 * The permissions that a role gives, now or at any time, and that the subject does not hold at least as widely.
 * Empty means that the subject may hand the role on (Kubernetes' rule for roles and bindings).
 * @param at epoch milliseconds: when the subject's own rights are looked at
 * @returns permission keys in the policy's order; every permission for an unknown role
 */
export function beyond(policy: Policy, subject: Subject, roleKey: string, at: number): string[] {
  if (!policy.roles.has(roleKey)) return [...policy.keys];
  return [...givenBy(policy, roleKey)]
    .filter(([key, limits]) => !coversPermission(policy, subject, key, limits, at))
    .map(([key]) => key);
}

/** The same question for single grants, before they are stored: each with all that it implies. */
export function beyondGrants(
  policy: Policy,
  subject: Subject,
  grants: readonly { permission: string; limits: readonly Limit[] }[],
  at: number,
): string[] {
  const exceeded = new Set<string>();
  for (const { permission, limits } of grants)
    for (const key of withImplied(policy, permission))
      if (!coversPermission(policy, subject, key, limits, at)) exceeded.add(key);
  return [...exceeded];
}

function withImplied(policy: Policy, permission: string): string[] {
  const implied = policy.implied.get(policy.bitOf.get(permission) ?? -1) ?? [];
  return [permission, ...implied.map((bit) => policy.keys[bit] as string)];
}

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

/** No limits: unconditional. Undefined: not given. Windows are passed over: an open hour is enough to escalate. */
function widthOf(role: CompiledRole, bit: number): readonly Limit[] | undefined {
  const limits: Limit[] = [];
  for (const part of gatedParts(role)) {
    if (hasBit(part.full, bit)) return [];
    limits.push(...(part.limits.get(bit) ?? []).map(({ source }) => source));
  }
  return limits.length > 0 ? limits : undefined;
}

function coversPermission(
  policy: Policy,
  subject: Subject,
  permission: string,
  limits: readonly Limit[],
  at: number,
): boolean {
  const effect = check(policy, subject, permission, at);
  if (effect !== "limited" || limits.length === 0) return effect === "allow";
  const own = decide(policy, subject, { permission, at }).limits ?? [];
  return limits.every((limit) =>
    own.some(({ scope, where }) => covers({ scope, where }, limit, policy.vocabulary)),
  );
}
