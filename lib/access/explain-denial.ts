import { activity } from "./activity.ts";
import { hasBit } from "./bits.ts";
import { blockingTrail } from "./blocked.ts";
import type { CompiledRole, Prepared } from "./compiled.ts";
import { couldGive } from "./could-give.ts";
import type { Denial, Dormant, LimitFailure, Path } from "./decision.ts";
import { pathOf } from "./explain.ts";
import { isOpen, keysOf, trails, visitHoldings } from "./holdings.ts";
import { isInstant } from "./instants.ts";
import { testCondition, testScope } from "./limits.ts";
import type { Question } from "./model.ts";
import { nextBegin } from "./next-begin.ts";

function dormantOf({ held, timed }: Prepared, at: number): Dormant[] {
  const dormant: Dormant[] = [];
  if (!timed) return dormant;
  for (const { assignment, role } of held) {
    const why = activity(assignment, role.window, at);
    if (why === "active") continue;
    const begins = why === "before" || why === "closed" ? nextBegin(assignment, role.window, at) : undefined;
    dormant.push({ assignment: assignment.id, role: role.key, why, begins });
  }
  return dormant;
}

function failuresOf(prepared: Prepared, bit: number, question: Question): LimitFailure[] {
  const { policy, subject } = prepared;
  const { at, resource, action, context } = question;
  const failures: LimitFailure[] = [];
  visitHoldings(prepared, bit, at, (holding) => {
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

function exceptionsOf({ policy, held }: Prepared, bit: number, at: number): Path[] {
  const paths: Path[] = [];
  for (const { assignment, role } of held) {
    if (activity(assignment, role.window, at) !== "active") continue;
    for (const trail of trails(policy, role, (base) => isOpen(base, at))) {
      const { superuser } = trail.role;
      if (superuser && !hasBit(superuser, bit))
        paths.push({ assignment: assignment.id, roles: keysOf(trail) });
    }
  }
  return paths;
}

/** What is nearest to an allow; only to be asked about a question that `check` denies. */
export function explainDenial(prepared: Prepared, bit: number, question: Question): Denial {
  const { policy, subject, held } = prepared;
  const { at } = question;
  if (!isInstant(at)) return { kind: "invalid_instant" };
  if (subject.active !== true) return { kind: "inactive" };
  if (held.length === 0) return { kind: "no_roles" };
  const blocking = prepared.mayBlock ? blockingTrail(policy, subject, at) : undefined;
  if (blocking) return { kind: "blocked", assignment: blocking.assignment.id, roles: keysOf(blocking.trail) };
  const dormant = dormantOf(prepared, at);
  if (dormant.length === held.length) {
    const coming = dormant.filter(({ begins }) => begins !== undefined);
    const next = coming.toSorted((a, b) => (a.begins as number) - (b.begins as number))[0];
    return { kind: "no_active_assignment", dormant, next };
  }
  const failures = hasBit(prepared.possible, bit) ? failuresOf(prepared, bit, question) : [];
  if (failures.length > 0) return { kind: "limit_failed", failures };
  const paths = policy.excepting ? exceptionsOf(prepared, bit, at) : [];
  if (paths.length > 0) return { kind: "excepted", paths };
  const helpful = dormant.filter(({ role }) => couldGive(policy.roles.get(role) as CompiledRole, bit));
  return { kind: "not_granted", dormant: helpful };
}
