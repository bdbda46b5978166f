import { activity } from "./activity.ts";
import { excepts, reaches } from "./compile.ts";
import type { CompiledGrant, CompiledRole, Policy } from "./compiled.ts";
import type { AssignmentSource, Subject } from "./model.ts";
import { windowState } from "./windows.ts";

/** One way in which a permission reaches a subject, still to be tested against its limits. */
export interface Holding {
  assignment: AssignmentSource;
  trail: readonly CompiledRole[];
  /** Absent for a superuser role. */
  grant?: CompiledGrant;
}

/** Ways from a role to the roles that it inherits, shortest first, each role once; `enters` says which may be entered. */
export function* trails(
  from: CompiledRole,
  enters: (base: CompiledRole) => boolean,
): Generator<readonly [CompiledRole, ...CompiledRole[]]> {
  const seen = new Set([from]);
  const queue: [CompiledRole, ...CompiledRole[]][] = [[from]];
  for (const trail of queue) {
    yield trail;
    for (const base of (trail.at(-1) as CompiledRole).bases) {
      if (seen.has(base) || !enters(base)) continue;
      seen.add(base);
      queue.push([...trail, base]);
    }
  }
}

const isOpen = (at: number) => (role: CompiledRole) =>
  role.window === undefined || windowState(role.window, at) === "open";

export function* activeTrails(policy: Policy, subject: Subject, at: number) {
  for (const assignment of subject.assignments) {
    const role = policy.roles.get(assignment.role);
    if (role === undefined || activity(assignment, role.window, at) !== "active") continue;
    for (const trail of trails(role, isOpen(at))) yield { assignment, trail };
  }
}

/** Every holding of a permission at an instant, limits untested, in the order of the assignments. */
export function* holdingsOf(policy: Policy, subject: Subject, bit: number, at: number): Generator<Holding> {
  for (const { assignment, trail } of activeTrails(policy, subject, at)) {
    const role = trail.at(-1) as CompiledRole;
    if (role.superuser !== undefined && !excepts(role, bit)) yield { assignment, trail };
    for (const grant of role.grants) if (reaches(policy, grant, bit)) yield { assignment, trail, grant };
  }
}
