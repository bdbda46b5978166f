import { activity } from "./activity.ts";
import { type CompiledRole, enters, type Policy, startWalk } from "./compiled.ts";
import { trails } from "./holdings.ts";
import type { AssignmentSource, Subject } from "./model.ts";
import { windowState } from "./windows.ts";

const mayBeOpen = (role: CompiledRole, at: number): boolean =>
  role.window === undefined || windowState(role.window, at) !== "closed";

function blocksThrough(policy: Policy, role: CompiledRole, at: number): boolean {
  if (role.blocks) return true;
  for (const base of role.gated)
    if (enters(policy.walk, base) && mayBeOpen(base, at) && blocksThrough(policy, base, at)) return true;
  return false;
}

/**
 * The first assignment that takes every right away: one of a blocking role, own or inherited.
 * Fails closed: times that cannot be reckoned give nothing, but they do block.
 */
function blockingAssignment(policy: Policy, subject: Subject, at: number): AssignmentSource | undefined {
  for (const assignment of subject.assignments) {
    const role = policy.roles.get(assignment.role);
    if (role === undefined) continue;
    const state = activity(assignment, role.window, at);
    if (state !== "active" && state !== "invalid") continue;
    startWalk(policy.walk, role);
    if (blocksThrough(policy, role, at)) return assignment;
  }
  return undefined;
}

export const isBlocked = (policy: Policy, subject: Subject, at: number): boolean =>
  policy.blocking && blockingAssignment(policy, subject, at) !== undefined;

/** What blocks the subject: the assignment, and the way from its role to the blocking one. */
export function blockingTrail(policy: Policy, subject: Subject, at: number) {
  const assignment = policy.blocking ? blockingAssignment(policy, subject, at) : undefined;
  const role = assignment && policy.roles.get(assignment.role);
  if (!role) return undefined;
  for (const trail of trails(policy, role, (base) => mayBeOpen(base, at)))
    if (trail.role.blocking) return { assignment, trail };
  return undefined;
}
