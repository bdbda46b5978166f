import {
  beyond,
  beyondJoining,
  type Capability,
  type Giving,
  type Place,
  rankOf,
  type Subject,
} from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import { type Actor, can } from "#lib/kernel/actor.ts";
import { AppError, type ErrorCode } from "#lib/kernel/errors.ts";

/**
 * The rules for changing access, each as a function that answers why not.
 * The server throws the answer; the screens show the same words on the disabled control.
 */
export interface Refusal {
  code: ErrorCode;
  reason: string;
  message: string;
}

/** A role as the rules see it. */
export interface RuledRole {
  key: string;
  label: string;
  rank: number;
  guarded: boolean;
}

export function throwIf(refusal: Refusal | undefined, field?: string): void {
  if (!refusal) return;
  const fields = field ? { [field]: [refusal.message] } : {};
  throw new AppError(refusal.code, refusal.reason, refusal.message, { fields });
}

const forbidden = (reason: string, message: string): Refusal => ({ code: "forbidden", reason, message });
const conflict = (reason: string, message: string): Refusal => ({ code: "conflict", reason, message });

/** Rules about people act for signed-in people; the product's own steps (set-up, sign-up) answer to the catalogue. */
const isPerson = (actor: Actor) => actor.kind === "user";

/** Own role: nobody changes their own roles, whoever they are. */
export function ownRoleRefusal(actor: Actor, userId: string): Refusal | undefined {
  if (actor.kind !== "user" || actor.id !== userId) return undefined;
  return conflict("own_role", "Cannot change your own role: ask another administrator.");
}

/** Own membership: what one's own limited grants reach is for others to say. */
export function ownMembershipRefusal(actor: Actor, userId: string): Refusal | undefined {
  if (actor.kind !== "user" || actor.id !== userId) return undefined;
  return conflict("own_membership", "Cannot change your own memberships: ask another administrator.");
}

/** No escalation, for somebody's limited grants: they come to reach what belongs to the organization or team. */
export function joiningRefusal(
  actor: Actor,
  newcomer: { name: string; subject: Subject },
  place: Place & { name: string },
  at: number,
): Refusal | undefined {
  if (actor.kind !== "user") return undefined;
  const missing = beyondJoining(actor.access.policy, actor.subject, newcomer.subject, place, at);
  return escalationRefusal(actor, missing, `You cannot add ${newcomer.name} to ${place.name}`, at);
}

export function ownDeactivationRefusal(actor: Actor, userId: string): Refusal | undefined {
  if (actor.kind !== "user" || actor.id !== userId) return undefined;
  return conflict("own_account", "Cannot deactivate your own account: ask another administrator.");
}

export function ownDeletionRefusal(actor: Actor, userId: string): Refusal | undefined {
  if (actor.kind !== "user" || actor.id !== userId) return undefined;
  return conflict("own_account", "Cannot delete your own account: ask another administrator.");
}

/** Resetting is for others: one's own password is changed with the present one. */
export function ownResetRefusal(actor: Actor, userId: string): Refusal | undefined {
  if (actor.kind !== "user" || actor.id !== userId) return undefined;
  return conflict("own_account", "Cannot reset your own password: change it under Your account, Password.");
}

export function inactiveResetRefusal(target: { name: string; active: boolean }): Refusal | undefined {
  if (target.active) return undefined;
  return conflict(
    "inactive_user",
    `Cannot reset password for inactive user: make ${target.name} active first.`,
  );
}

/** Rank: act only on users of rank at most yours. */
export function userRankRefusal(
  actor: Actor,
  target: { name: string; subject: Subject },
  at: number,
): Refusal | undefined {
  if (actor.kind !== "user" || actor.id === target.subject.id || can(actor, "manageSuperusers", at))
    return undefined;
  const { policy } = actor.access;
  // Compared so that an unreadable rank refuses instead of admitting everybody.
  if (rankOf(policy, target.subject, at) <= rankOf(policy, actor.subject, at)) return undefined;
  return forbidden("rank", `Cannot modify a user with a higher-privilege role: ${target.name} outranks you.`);
}

/**
 * Guarded role, rank, no escalation: may the actor give this role to somebody, or make it a default?
 * @param giving to whom, for how long and where, when that is known
 */
export function givingRefusal(
  actor: Actor,
  role: RuledRole,
  at: number,
  giving?: Giving,
): Refusal | undefined {
  if (actor.kind !== "user") return undefined;
  const said = `You do not have permission to assign the role: ${role.key}`;
  if (!can(actor, "manageSuperusers", at)) {
    if (role.guarded)
      return forbidden(
        "guarded_role",
        `${said}. It is guarded: ${whoMay(actor.access, "manageSuperusers")}.`,
      );
    if (!(role.rank <= rankOf(actor.access.policy, actor.subject, at))) {
      return forbidden("rank", `${said}. It ranks above your own roles.`);
    }
  }
  const missing = beyond(actor.access.policy, actor.subject, role.key, at, giving);
  return escalationRefusal(actor, missing, said, at);
}

/** Guarded role: may the actor take it away? */
export function takingRefusal(actor: Actor, role: RuledRole, at: number): Refusal | undefined {
  if (!isPerson(actor) || !role.guarded || can(actor, "manageSuperusers", at)) return undefined;
  const message = `You do not have permission to take away the role: ${role.key}. It is guarded`;
  return forbidden(
    "guarded_role",
    `${message}${actor.kind === "user" ? `: ${whoMay(actor.access, "manageSuperusers")}` : ""}.`,
  );
}

/** No escalation: nobody gives what they do not hold, unless the catalogue lets them grant beyond their own. */
export function escalationRefusal(
  actor: Actor,
  missing: readonly string[],
  said: string,
  at: number,
): Refusal | undefined {
  if (missing.length === 0 || can(actor, "grantBeyondOwn", at)) return undefined;
  const named =
    missing.slice(0, 5).join(", ") + (missing.length > 5 ? ` and ${missing.length - 5} more` : "");
  return forbidden(
    "escalation",
    `${said}. It gives permissions that you do not hold yourself, or not as widely or for as long: ${named}.`,
  );
}

function whoMay(access: ActivePolicy, capability: Capability): string {
  const permission = access.catalogue.capabilities[capability];
  return permission ? `ask somebody who holds ${permission}` : "this catalogue lets nobody change that here";
}
