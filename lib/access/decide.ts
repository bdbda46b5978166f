import { effectOf } from "./check.ts";
import type { Policy } from "./compiled.ts";
import type { Decision } from "./decision.ts";
import { explainAllow, explainLimited } from "./explain.ts";
import { explainDenial } from "./explain-denial.ts";
import type { Question, Subject } from "./model.ts";
import { prepare } from "./prepare.ts";

/**
 * Decides and says why. The effect is that of `check`; the reasons are gathered afterwards.
 * @param subject who asks: XACML's and AuthZEN's subject, with the assignments that it holds
 * @param question permission, instant (epoch milliseconds), and optionally resource, action and context
 * @returns `allow` with the path that gives it, `limited` (only without a resource) with the residual filter,
 * or `deny` with what is nearest; never throws
 */
export function decide(policy: Policy, subject: Subject, question: Question): Decision {
  const { permission, at, resource, action, context } = question;
  const bit = policy.bitOf.get(permission);
  if (bit === undefined) return { effect: "deny", reason: { kind: "unknown_permission" } };
  const prepared = prepare(policy, subject);
  const effect = effectOf(prepared, bit, at, resource, action, context);
  if (effect === "limited") return explainLimited(prepared, bit, question);
  const allow = effect === "allow" ? explainAllow(prepared, bit, question) : undefined;
  return allow ?? { effect: "deny", reason: explainDenial(prepared, bit, question) };
}
