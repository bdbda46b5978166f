import { activity } from "./activity.ts";
import { hasBit } from "./bits.ts";
import { blockingTrail } from "./blocked.ts";
import type { CompiledRole, Policy } from "./compiled.ts";
import type { Denial, Dormant, LimitFailure, Path } from "./decision.ts";
import { pathOf } from "./explain.ts";
import { canGive, isOpen, keysOf, trails, visitHoldings } from "./holdings.ts";
import { isInstant } from "./instants.ts";
import { testCondition, testScope } from "./limits.ts";
import type { Question, Subject } from "./model.ts";
import { nextBegin } from "./next-begin.ts";

function dormantOf(policy: Policy, subject: Subject, at: number): Dormant[] {
  const dormant: Dormant[] = [];
  for (const assignment of subject.assignments) {
    const role = policy.roles.get(assignment.role);
    if (role === undefined) continue;
    const why = activity(assignment, role.window, at);
    if (why === "active") continue;
    const begins = why === "before" || why === "closed" ? nextBegin(assignment, role.window, at) : undefined;
    dormant.push({ assignment: assignment.id, role: role.key, why, begins });
  }
  return dormant;
}

function failuresOf(policy: Policy, subject: Subject, bit: number, question: Question): LimitFailure[] {
  const { at, resource, action, context } = question;
  const failures: LimitFailure[] = [];
  visitHoldings(policy, subject, bit, at, (holding) => {
    for (const limit of holding.grant?.limits ?? []) {
      const condition = limit.where.find(
        (one) => testCondition(one, subject, at, resource, action, context) === "fail",
      );
      const scoped = testScope(limit.scope, holding.assignment, subject, resource) !== "fail";
      const failed = scoped && condition ? { condition: condition.source } : { scope: limit.scope };
      failures.push({ ...pathOf(policy, holding), limit: limit.source, failed });
    }
    return false;
  });
  return failures;
}

function exceptionsOf(policy: Policy, subject: Subject, bit: number, at: number): Path[] {
  const paths: Path[] = [];
  for (const assignment of subject.assignments) {
    const assigned = policy.roles.get(assignment.role);
    if (assigned === undefined || activity(assignment, assigned.window, at) !== "active") continue;
    for (const trail of trails(policy, assigned, (base) => isOpen(base, at))) {
      const { superuser } = trail.role;
      if (superuser && !hasBit(superuser, bit))
        paths.push({ assignment: assignment.id, roles: keysOf(trail) });
    }
  }
  return paths;
}

/** What is nearest to an allow; only to be asked about a question that `check` denies. */
export function explainDenial(policy: Policy, subject: Subject, question: Question): Denial {
  const { permission, at } = question;
  const bit = policy.bitOf.get(permission);
  if (bit === undefined) return { kind: "unknown_permission" };
  if (!isInstant(at)) return { kind: "invalid_instant" };
  if (subject.active !== true) return { kind: "inactive" };
  let known = 0;
  for (const { role } of subject.assignments) if (policy.roles.has(role)) known++;
  if (known === 0) return { kind: "no_roles" };
  const blocking = policy.blocking ? blockingTrail(policy, subject, at) : undefined;
  if (blocking) return { kind: "blocked", assignment: blocking.assignment.id, roles: keysOf(blocking.trail) };
  const dormant = dormantOf(policy, subject, at);
  if (dormant.length === known) {
    const coming = dormant.filter(({ begins }) => begins !== undefined);
    const next = coming.toSorted((a, b) => (a.begins as number) - (b.begins as number))[0];
    return { kind: "no_active_assignment", dormant, next };
  }
  const failures = failuresOf(policy, subject, bit, question);
  if (failures.length > 0) return { kind: "limit_failed", failures };
  const paths = policy.excepting ? exceptionsOf(policy, subject, bit, at) : [];
  if (paths.length > 0) return { kind: "excepted", paths };
  const helpful = dormant.filter(({ role }) => canGive(policy.roles.get(role) as CompiledRole, bit));
  return { kind: "not_granted", dormant: helpful };
}
