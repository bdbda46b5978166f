import { addBits, type Bits, hasBit, newBits } from "./bits.ts";
import { check } from "./check.ts";
import { type CompiledLimit, gatedParts, type Policy } from "./compiled.ts";
import { isInstant } from "./instants.ts";
import { testLimit } from "./limits.ts";
import type { AssignmentSource, Attributes, Effect, Question, Resource, Subject } from "./model.ts";

interface OwnLimit {
  limit: CompiledLimit;
  assignment: AssignmentSource;
}

/** A subject laid out for many checks: what of it no clock can change is worked out once. */
export interface Prepared {
  policy: Policy;
  subject: Subject;
  /** Held in full at every instant. */
  always: Bits;
  /** Held at some instant, in full or limited. */
  possible: Bits;
  /** Per permission its limits, for a subject on whom no clock has any influence. */
  limits: ReadonlyMap<number, readonly OwnLimit[]> | undefined;
}

/**
 * Worth it for a subject who is asked about more than a few times: a session, a list that shows what each may do.
 * @param subject must not change afterwards; prepare it again when its assignments do, and when the policy does
 */
export function prepare(policy: Policy, subject: Subject): Prepared {
  const always = newBits(policy.keys.length);
  const possible = newBits(policy.keys.length);
  const limits = new Map<number, OwnLimit[]>();
  let timeless = true;
  let mayBlock = false;
  for (const assignment of subject.active === true ? subject.assignments : []) {
    const role = policy.roles.get(assignment.role);
    if (role === undefined) continue;
    for (const part of gatedParts(role)) {
      addBits(possible, part.full);
      addBits(possible, part.partial);
      if (part.blocks) mayBlock = true;
    }
    const { start, end, window } = assignment;
    const plain =
      start === undefined && end === undefined && window === undefined && role.window === undefined;
    if (!plain || role.gated.length > 0) timeless = false;
    if (plain) addBits(always, role.full);
    for (const [bit, own] of role.limits) {
      const known = limits.get(bit) ?? [];
      known.push(...own.map((limit) => ({ limit, assignment })));
      limits.set(bit, known);
    }
  }
  if (mayBlock) always.fill(0);
  return { policy, subject, always, possible, limits: timeless && !mayBlock ? limits : undefined };
}

/** The answer of `check`, for a subject that was prepared. */
export function checkPrepared(
  prepared: Prepared,
  permission: string,
  at: number,
  resource?: Resource,
  action?: Question["action"],
  context?: Attributes,
): Effect {
  const { policy, subject } = prepared;
  const bit = policy.bitOf.get(permission);
  if (bit === undefined || !hasBit(prepared.possible, bit) || !isInstant(at)) return "deny";
  if (hasBit(prepared.always, bit)) return "allow";
  if (prepared.limits === undefined) return check(policy, subject, permission, at, resource, action, context);
  let effect: Effect = "deny";
  for (const { limit, assignment } of prepared.limits.get(bit) ?? []) {
    const verdict = testLimit(limit, assignment, subject, at, resource, action, context);
    if (verdict === "pass") return "allow";
    if (verdict === "open") effect = "limited";
  }
  return effect;
}
