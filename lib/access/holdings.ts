import { activity } from "./activity.ts";
import { hasBit } from "./bits.ts";
import {
  type CompiledGrant,
  type CompiledRole,
  enters,
  type Policy,
  type Prepared,
  startWalk,
} from "./compiled.ts";
import { couldGive } from "./could-give.ts";
import type { AssignmentSource } from "./model.ts";
import { windowState } from "./windows.ts";

/** A way to a role, from the assigned one through its base roles. */
export interface Trail {
  role: CompiledRole;
  from: Trail | undefined;
}

/** One way in which a permission reaches a subject, still to be tested against its limits. */
export interface Holding {
  assignment: AssignmentSource;
  trail: Trail;
  /** Absent for a superuser role. */
  grant?: CompiledGrant;
}

/** Role keys: the assigned role first. */
export function keysOf(trail: Trail): string[] {
  const keys: string[] = [];
  for (let step: Trail | undefined = trail; step; step = step.from) keys.push(step.role.key);
  return keys.reverse();
}

/** Ways from a role to the roles that it inherits, shortest first, each role once; `mayEnter` says which may be entered. */
export function trails(
  policy: Policy,
  from: CompiledRole,
  mayEnter: (base: CompiledRole) => boolean,
): Trail[] {
  const found: Trail[] = [{ role: from, from: undefined }];
  startWalk(policy.walk, from);
  for (const trail of found)
    for (const base of trail.role.bases)
      if (mayEnter(base) && enters(policy.walk, base)) found.push({ role: base, from: trail });
  return found;
}

export const isOpen = (role: CompiledRole, at: number): boolean =>
  role.window === undefined || windowState(role.window, at) === "open";

/** The ways to all that could give a permission and is open at an instant. */
export const givingTrails = (policy: Policy, from: CompiledRole, bit: number, at: number): Trail[] =>
  trails(policy, from, (base) => couldGive(base, bit) && isOpen(base, at));

/** The own grants of a role that reach a permission, directly or because they imply it. */
export function grantsOf(policy: Policy, role: CompiledRole, bit: number): readonly CompiledGrant[] {
  role.known.grants ??= grantsByBit(policy, role);
  return role.known.grants.get(bit) ?? [];
}

function grantsByBit(policy: Policy, role: CompiledRole): Map<number, CompiledGrant[]> {
  const byBit = new Map<number, CompiledGrant[]>();
  for (const grant of role.grants)
    for (const reached of [grant.bit, ...(policy.implied.get(grant.bit) ?? [])]) {
      const known = byBit.get(reached);
      if (known) known.push(grant);
      else byBit.set(reached, [grant]);
    }
  return byBit;
}

/**
 * Visits every holding of a permission at an instant, limits untested, in the order of the assignments.
 * @param visit answers true when it has seen enough
 */
export function visitHoldings(
  { policy, held }: Prepared,
  bit: number,
  at: number,
  visit: (holding: Holding) => boolean,
): void {
  for (const { assignment, role: assigned } of held) {
    if (!couldGive(assigned, bit) || activity(assignment, assigned.window, at) !== "active") continue;
    for (const trail of givingTrails(policy, assigned, bit, at)) {
      const { role } = trail;
      if (role.superuser !== undefined && hasBit(role.superuser, bit) && visit({ assignment, trail })) return;
      for (const grant of grantsOf(policy, role, bit)) if (visit({ assignment, trail, grant })) return;
    }
  }
}
