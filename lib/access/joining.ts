import { check } from "./check.ts";
import type { Policy } from "./compiled.ts";
import { covers } from "./covers.ts";
import { decide } from "./decide.ts";
import { givenBy } from "./given-by.ts";
import type { AssignmentSource, ResidualLimit, Subject } from "./model.ts";

/** An organization or a team that somebody joins. */
export interface Place {
  scope: "organization" | "team";
  id: string;
}

/**
 * The permissions that a newcomer would come to hold over an organization or team, now or at any time,
 * and that the one who adds them does not hold there at least as widely. Empty means that they may be added.
 * @param newcomer as they are before; what an assignment that is over gave counts no more, one still to begin counts
 * @param at epoch milliseconds: when the giver's own rights are looked at
 * @returns permission keys, each once
 */
export function beyondJoining(
  policy: Policy,
  giver: Subject,
  newcomer: Subject,
  place: Place,
  at: number,
): string[] {
  const exceeded = new Set<string>();
  for (const assignment of newcomer.assignments) {
    if (!reachesPlace(assignment, place) || (assignment.end !== undefined && assignment.end <= at)) continue;
    for (const [permission, limits] of givenBy(policy, assignment.role)) {
      for (const { scope, where } of limits) {
        if (scope !== place.scope) continue;
        if (!reaches(policy, giver, permission, { scope, where, ids: [place.id] }, at))
          exceeded.add(permission);
      }
    }
  }
  return [...exceeded];
}

function reachesPlace(assignment: AssignmentSource, { scope, id }: Place): boolean {
  const only = scope === "organization" ? assignment.organization : assignment.team;
  return only === undefined || only === id;
}

function reaches(
  policy: Policy,
  subject: Subject,
  permission: string,
  limit: ResidualLimit,
  at: number,
): boolean {
  if (check(policy, subject, permission, at) === "allow") return true;
  const own = decide(policy, subject, { permission, at }).limits ?? [];
  return own.some((wide) => covers(wide, limit, policy.vocabulary));
}
