import type { Subject } from "#lib/access/index.ts";
import {
  inactiveResetRefusal,
  ownDeactivationRefusal,
  ownDeletionRefusal,
  ownResetRefusal,
  type Refusal,
  throwIf,
  userRankRefusal,
} from "#lib/assignments/index.ts";
import { type Actor, can } from "#lib/kernel/actor.ts";

/** Whom something would be done to. */
export interface RuledUser {
  name: string;
  active: boolean;
  subject: Subject;
}

const mayManage = (actor: Actor, at: number): string | undefined =>
  can(actor, "manageUsers", at)
    ? undefined
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

/** Why the actor may not do this or that to a user, in the words of the rule that would refuse; absent when they may. */
export interface Whys {
  editWhy: string | undefined;
  resetWhy: string | undefined;
  deleteWhy: string | undefined;
}

export function whysFor(actor: Actor, user: RuledUser, at: number): Whys {
  const why = mayManage(actor, at);
  if (why) return { editWhy: why, resetWhy: why, deleteWhy: why };
  return {
    editWhy: userRankRefusal(actor, user, at)?.message,
    resetWhy: resetRefusal(actor, user, at)?.message,
    deleteWhy: deletionRefusal(actor, user, at)?.message,
  };
}
