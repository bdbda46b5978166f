import type { Subject } from "#lib/access/index.ts";
import {
  inactiveResetRefusal,
  ownDeactivationRefusal,
  ownDeletionRefusal,
  ownResetRefusal,
  ownRoleRefusal,
  type Refusal,
  type RuledRole,
  takingRefusal,
  throwIf,
  userRankRefusal,
} from "#lib/assignments/index.ts";
import { type Actor, can } from "#lib/kernel/actor.ts";
import { syncedRefusal } from "#lib/kernel/role-sync.ts";

/** Whom something would be done to. */
export interface RuledUser {
  name: string;
  active: boolean;
  subject: Subject;
}

/** Synced comes after the right, as the kernel asks. */
export const mayManage = (actor: Actor, at: number): string | undefined =>
  can(actor, "manageUsers", at)
    ? syncedRefusal(actor)?.message
    : "You may look at users but not change them: that needs the right to manage users.";

/** Somebody's data, roles or whether they are active: may the actor touch them at all? */
export function changeRefusal(
  actor: Actor,
  user: RuledUser,
  active: boolean,
  at: number,
): Refusal | undefined {
  const stops = user.active && !active;
  return (
    (stops ? ownDeactivationRefusal(actor, user.subject.id) : undefined) ?? userRankRefusal(actor, user, at)
  );
}

export const mayEndSessions = (actor: Actor, at: number): string | undefined =>
  can(actor, "manageSessions", at)
    ? undefined
    : "Ending the sessions of others needs the right to manage sessions.";

function resetRefusal(actor: Actor, user: RuledUser, at: number): Refusal | undefined {
  return (
    ownResetRefusal(actor, user.subject.id) ?? userRankRefusal(actor, user, at) ?? inactiveResetRefusal(user)
  );
}

function deletionRefusal(actor: Actor, user: RuledUser, at: number): Refusal | undefined {
  return ownDeletionRefusal(actor, user.subject.id) ?? userRankRefusal(actor, user, at);
}

export const refuseReset = (actor: Actor, user: RuledUser, at: number): void =>
  throwIf(resetRefusal(actor, user, at));

export const refuseDeletion = (actor: Actor, user: RuledUser, at: number): void =>
  throwIf(deletionRefusal(actor, user, at));

/** Somebody's roles are exchanged for others: the present ones have to go. */
function rolesRefusal(actor: Actor, user: RuledUser & { held: readonly RuledRole[] }, at: number) {
  return (
    ownRoleRefusal(actor, user.subject.id) ??
    userRankRefusal(actor, user, at) ??
    user.held.map((role) => takingRefusal(actor, role, at)).find(Boolean)
  );
}

/** Why the actor may not do this or that to a user, in the words of the rule that would refuse; absent when they may. */
export interface Whys {
  editWhy: string | undefined;
  deactivateWhy: string | undefined;
  rolesWhy: string | undefined;
  resetWhy: string | undefined;
  deleteWhy: string | undefined;
  sessionsWhy: string | undefined;
}

export function whysFor(actor: Actor, user: RuledUser & { held: readonly RuledRole[] }, at: number): Whys {
  const why = mayManage(actor, at);
  const rank = userRankRefusal(actor, user, at)?.message;
  return {
    editWhy: why ?? rank,
    deactivateWhy: why ?? ownDeactivationRefusal(actor, user.subject.id)?.message ?? rank,
    rolesWhy: why ?? rolesRefusal(actor, user, at)?.message,
    resetWhy: why ?? resetRefusal(actor, user, at)?.message,
    deleteWhy: why ?? deletionRefusal(actor, user, at)?.message,
    sessionsWhy: mayEndSessions(actor, at) ?? rank,
  };
}
