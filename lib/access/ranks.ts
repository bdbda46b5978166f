import { activity } from "./activity.ts";
import type { Policy } from "./compiled.ts";
import { isInstant } from "./instants.ts";
import type { Subject } from "./model.ts";

/**
 * A user's rank: the highest of the assigned roles active at the instant, 0 with none.
 * Inherited base roles lend their permissions, not their rank. Neither deactivation nor a blocking role lowers it:
 * a rank also protects its holder from lower ones.
 * @param at epoch milliseconds; what is no instant gives 0
 */
export function rankOf(policy: Policy, subject: Subject, at: number): number {
  let rank = 0;
  if (!isInstant(at)) return rank;
  for (const assignment of subject.assignments) {
    const role = policy.roles.get(assignment.role);
    if (role !== undefined && role.rank > rank && activity(assignment, role.window, at) === "active")
      rank = role.rank;
  }
  return rank;
}
