import type { Capability } from "#lib/access/index.ts";
import type { Requirement } from "./actor.ts";
import type { Call } from "./call.ts";
import { type Turn, takeTurns, turnOf } from "./rate-limit.ts";
import { type LimitName, widerTimes } from "./rate-limits.ts";

/** A limit that each call takes a turn at, or something that there is only so much of and that is gone afterwards. */
export type Bound = LimitName | "ended session" | "spent secret" | "signed answer";

interface Act {
  needs: Requirement | readonly [Capability, ...Capability[]];
  boundBy?: Bound;
  protects?: true;
}

/**
 * Which budget an act on one's own account uses up, that anybody could repeat for ever: it asks for no capability.
 * None for other acts.
 */
export function ownBudget({ needs, boundBy, protects }: Act): "ownActs" | "ownProtection" | undefined {
  if (boundBy !== undefined || (needs !== "signedIn" && needs !== "enrolling")) return undefined;
  return protects ? "ownProtection" : "ownActs";
}

/**
 * A budget for whatever people do to their own account: of a session, and a looser one of the person. Whoever has a
 * stolen cookie uses up that session's, and leaves its owner the others. What protects an account is counted apart, and
 * by session alone: whoever else has the password leaves the owner who signs in anew all of it.
 */
export async function takeOwnAct(act: Act, { actor }: Call): Promise<void> {
  const budget = ownBudget(act);
  if (actor.kind !== "user" || budget === undefined) return;
  const ofSession: Turn = { ...turnOf(budget, actor.sessionId), order: "first" };
  const what = "changes to your account";
  if (budget === "ownProtection")
    return takeTurns([ofSession], what, "Or sign out and in again: each sign-in has its own count.");
  const ofPerson = turnOf(budget, actor.id);
  await takeTurns([ofSession, { ...ofPerson, points: ofPerson.points * widerTimes }], what);
}
