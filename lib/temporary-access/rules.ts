import type { Refusal } from "#lib/assignments/index.ts";
import type { Actor } from "#lib/kernel/actor.ts";

/** Nobody decides about their own request, whoever they are. */
export function decisionRefusal(actor: Actor, { userId }: { userId: string }): Refusal | undefined {
  if (actor.kind !== "user" || actor.id !== userId) return undefined;
  return {
    code: "conflict",
    reason: "own_request",
    message: "Cannot decide about your own request: another administrator has to, or you withdraw it.",
  };
}

export function inactiveRefusal(user: { username: string; active: boolean }): Refusal | undefined {
  if (user.active) return undefined;
  return {
    code: "conflict",
    reason: "inactive_user",
    message: `Cannot grant anything to an inactive user: make ${user.username} active first, or refuse.`,
  };
}
