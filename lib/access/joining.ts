import { holdsOf, isHeld } from "./beyond.ts";
import type { Policy } from "./compiled.ts";
import type { AssignmentSource, Subject } from "./model.ts";
import { partsAtMost, partsBySteps, type Share, shareCovers, sharesOf } from "./shares.ts";

/** An organization or a team that somebody joins. */
export interface Place {
  scope: "organization" | "team";
  id: string;
}

/**
 * The permissions that a newcomer would come to hold over an organization or team, now or at any time,
 * and that the one who adds them does not hold there at least as widely, and for as long.
 * Empty means that they may be added.
 * @param newcomer as they are before; what an assignment that is over gave counts no more, one still to begin counts
 * @param at epoch milliseconds: when the giver's own rights are looked at
 * @returns permission keys in the policy's order
 */
export function beyondJoining(
  policy: Policy,
  giver: Subject,
  newcomer: Subject,
  place: Place,
  at: number,
): string[] {
  const own = holdsOf(policy, giver, at);
  const lasting = newcomer.assignments.filter(({ end }) => end === undefined || end > at);
  return policy.keys.filter((_, bit) => {
    const shares = (parts: typeof partsAtMost) =>
      lasting.flatMap((assignment) => sharesOfOne(policy, bit, assignment, place, parts));
    // At most what they would get there, beside no more than they have anyway: in doubt it is asked for.
    const elsewhere = shares(partsBySteps).filter((share) => !isOf(place, share));
    return shares(partsAtMost)
      .filter((share) => isOf(place, share))
      .filter((share) => !elsewhere.some((wide) => shareCovers(wide, share, at, policy.vocabulary)))
      .some((share) => !isHeld(policy, giver, own, bit, share, at));
  });
}

const isOf = ({ scope, id }: Place, { limit }: Share): boolean =>
  limit.scope === scope && limit.ids?.includes(id) === true;

/** What an assignment would give if this place were the only one that its holder is in. */
function sharesOfOne(
  policy: Policy,
  bit: number,
  assignment: AssignmentSource,
  { scope, id }: Place,
  parts: typeof partsAtMost,
): Share[] {
  const role = policy.roles.get(assignment.role);
  if (role === undefined || role.blocks) return [];
  const alone = scope === "organization" ? { organizations: [id] } : { teams: [id] };
  return parts(role).flatMap((part) => sharesOf(part, bit, assignment, alone));
}
