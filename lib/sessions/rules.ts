import type { Subject } from "#lib/access/index.ts";
import { type Refusal, userRankRefusal } from "#lib/assignments/index.ts";
import type { Actor } from "#lib/kernel/actor.ts";

/** Own session: it is left by signing out, so that nobody shuts themselves out by a slip. */
export function currentSessionRefusal(actor: Actor, sessionId: string): Refusal | undefined {
  if (actor.kind !== "user" || actor.sessionId !== sessionId) return undefined;
  const message = "Cannot end the session that you are using: sign out instead.";
  return { code: "conflict", reason: "own_session", message };
}

/** Why the actor may not end a session of somebody. */
export function endingRefusal(
  actor: Actor,
  session: { id: string; username: string; subject: Subject },
  at: number,
): Refusal | undefined {
  return (
    currentSessionRefusal(actor, session.id) ??
    userRankRefusal(actor, { name: session.username, subject: session.subject }, at)
  );
}
