import type { Subject } from "#lib/access/index.ts";
import {
  joiningRefusal,
  ownMembershipRefusal,
  type Refusal,
  userRankRefusal,
} from "#lib/assignments/index.ts";
import type { Actor } from "#lib/kernel/actor.ts";

/** Somebody who joins or leaves. */
export interface RuledMember {
  name: string;
  subject: Subject;
}

/** What somebody joins: an organization, and perhaps one of its teams. */
export interface Joined {
  organization: { id: string; name: string };
  team?: { id: string; name: string } | undefined;
}

/** Own membership and rank: for joining and for leaving. */
export function membershipRefusal(actor: Actor, member: RuledMember, at: number): Refusal | undefined {
  return ownMembershipRefusal(actor, member.subject.id) ?? userRankRefusal(actor, member, at);
}

/** May the actor add this person there? Joining a team is joining its organization. */
export function addingRefusal(
  actor: Actor,
  member: RuledMember,
  { organization, team }: Joined,
  at: number,
): Refusal | undefined {
  const inside = member.subject.organizations?.includes(organization.id);
  return (
    membershipRefusal(actor, member, at) ??
    (inside ? undefined : joiningRefusal(actor, member, { ...organization, scope: "organization" }, at)) ??
    (team && joiningRefusal(actor, member, { ...team, scope: "team" }, at))
  );
}

/** In use: what teams are in or assignments are narrowed to is not deleted. */
export function deletionRefusal(
  name: string,
  { teams, narrowed }: { teams: number; narrowed: number },
): Refusal | undefined {
  if (teams > 0) {
    const message = `Cannot delete ${name}: it has ${counted(teams, "team")}. Delete ${teams === 1 ? "it" : "them"} first.`;
    return { code: "conflict", reason: "organization_has_teams", message };
  }
  if (narrowed > 0) {
    const message = `Cannot delete ${name}: ${counted(narrowed, "assignment")} of roles ${narrowed === 1 ? "is" : "are"} narrowed to it. Take ${narrowed === 1 ? "that role" : "those roles"} away first, or narrow ${narrowed === 1 ? "it" : "them"} to something else.`;
    return { code: "conflict", reason: "narrowed_assignments", message };
  }
  return undefined;
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
