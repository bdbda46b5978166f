import { addBits, type Bits, hasBit, newBits } from "./bits.ts";
import { check } from "./check.ts";
import { gatedParts, type Policy } from "./compiled.ts";
import { isInstant } from "./instants.ts";
import type { Attributes, Effect, Question, Resource, Subject } from "./model.ts";

/** A subject laid out for many checks: what of it no clock can change is worked out once. */
export interface Prepared {
  policy: Policy;
  subject: Subject;
  /** Held in full at every instant. */
  always: Bits;
  /** Held at some instant, in full or limited. */
  possible: Bits;
}

/**
 * Worth it for a subject who is asked about more than a few times: a session, a list that shows what each may do.
 * @param subject must not change afterwards; prepare it again when its assignments do, and when the policy does
 */
export function prepare(policy: Policy, subject: Subject): Prepared {
  const always = newBits(policy.keys.length);
  const possible = newBits(policy.keys.length);
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
    if (plain) addBits(always, role.full);
  }
  if (mayBlock) always.fill(0);
  return { policy, subject, always, possible };
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
  return check(policy, subject, permission, at, resource, action, context);
}
