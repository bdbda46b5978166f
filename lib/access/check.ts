import { activity } from "./activity.ts";
import { hasBit } from "./bits.ts";
import { isBlocked } from "./blocked.ts";
import { type CompiledRole, enters, type Policy, type Prepared, startWalk } from "./compiled.ts";
import { isInstant } from "./instants.ts";
import { testLimit } from "./limits.ts";
import type { AssignmentSource, Attributes, Effect, Question, Resource, Subject } from "./model.ts";
import { prepare } from "./prepare.ts";
import { windowState } from "./windows.ts";

type Action = Question["action"];

function ownEffect(
  role: CompiledRole,
  bit: number,
  assignment: AssignmentSource,
  subject: Subject,
  at: number,
  resource: Resource | undefined,
  action: Action,
  context: Attributes | undefined,
): Effect {
  if (hasBit(role.full, bit)) return "allow";
  if (!hasBit(role.partial, bit)) return "deny";
  let effect: Effect = "deny";
  for (const limit of role.limits.get(bit) ?? []) {
    const verdict = testLimit(limit, assignment, subject, at, resource, action, context);
    if (verdict === "pass") return "allow";
    if (verdict === "open") effect = "limited";
  }
  return effect;
}

function gatedEffect(
  policy: Policy,
  role: CompiledRole,
  bit: number,
  assignment: AssignmentSource,
  subject: Subject,
  at: number,
  resource: Resource | undefined,
  action: Action,
  context: Attributes | undefined,
): Effect {
  let effect: Effect = "deny";
  for (const base of role.gated) {
    if (!enters(policy.walk, base) || base.window === undefined || windowState(base.window, at) !== "open")
      continue;
    const own = ownEffect(base, bit, assignment, subject, at, resource, action, context);
    if (own === "allow") return "allow";
    const further = gatedEffect(policy, base, bit, assignment, subject, at, resource, action, context);
    if (further === "allow") return "allow";
    if (own === "limited" || further === "limited") effect = "limited";
  }
  return effect;
}

/** What no clock, resource or context decides is a bit test; the rest is asked role by role. */
export function effectOf(
  prepared: Prepared,
  bit: number,
  at: number,
  resource: Resource | undefined,
  action: Action,
  context: Attributes | undefined,
): Effect {
  if (!hasBit(prepared.possible, bit) || !isInstant(at)) return "deny";
  if (hasBit(prepared.always, bit)) return "allow";
  const { policy, subject } = prepared;
  if (prepared.mayBlock && isBlocked(policy, subject, at)) return "deny";
  let effect: Effect = "deny";
  for (const { assignment, role } of prepared.held) {
    if (activity(assignment, role.window, at) !== "active") continue;
    const own = ownEffect(role, bit, assignment, subject, at, resource, action, context);
    if (own === "allow") return "allow";
    if (own === "limited") effect = "limited";
    if (role.gated.length === 0) continue;
    startWalk(policy.walk, role);
    const inherited = gatedEffect(policy, role, bit, assignment, subject, at, resource, action, context);
    if (inherited === "allow") return "allow";
    if (inherited === "limited") effect = "limited";
  }
  return effect;
}

/**
 * Decides without reasons: two look-ups and a bit test where no window or limit is involved, and no allocation.
 * This is the one decision function; `decide` explains its answers.
 * @param subject is laid out at its first question and frozen: a changed one is a new object
 * @param permission key; one that the policy does not know is denied
 * @param at epoch milliseconds; what is no instant is denied
 * @param resource what is acted on; without it a limited hold is answered `limited`
 * @param action attributes of the action, for data filters that look at them
 * @param context attributes of the request, for data filters that look at them
 * @returns `limited` only without a resource; never throws
 */
export function check(
  policy: Policy,
  subject: Subject,
  permission: string,
  at: number,
  resource?: Resource,
  action?: Action,
  context?: Attributes,
): Effect {
  const bit = policy.bitOf.get(permission);
  return bit === undefined ? "deny" : effectOf(prepare(policy, subject), bit, at, resource, action, context);
}
