import { check } from "./check.ts";
import type { Policy } from "./compiled.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import type { Subject } from "./model.ts";

/** A permission that a subject holds at an instant, in full or limited, and the path that gives it. */
export type EffectivePermission = { permission: string } & Exclude<Decision, { effect: "deny" }>;

/**
 * Everything that the subject holds at an instant, each with its reasons, in the order of the policy's permissions.
 * @param at epoch milliseconds
 * @returns exactly the permissions to which `decide`, asked without a resource, does not answer deny; never throws
 */
export function effective(policy: Policy, subject: Subject, at: number): EffectivePermission[] {
  const held: EffectivePermission[] = [];
  for (const permission of policy.keys) {
    if (check(policy, subject, permission, at) === "deny") continue;
    const decision = decide(policy, subject, { permission, at });
    if (decision.effect !== "deny") held.push({ permission, ...decision });
  }
  return held;
}
