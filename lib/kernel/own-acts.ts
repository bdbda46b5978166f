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
}

/** Whether it is an act on one's own account, that anybody could repeat for ever: it asks for no capability. */
export const isOwnAct = ({ needs, boundBy }: Act): boolean =>
  boundBy === undefined && (needs === "signedIn" || needs === "enrolling");

/**
 * One budget for whatever people do to their own account: of a session, and a looser one of the person. Whoever has a
 * stolen cookie uses up that session's, and leaves its owner the others.
 */
export async function takeOwnAct(act: Act, { actor }: Call): Promise<void> {
  if (actor.kind !== "user" || !isOwnAct(act)) return;
  const ofPerson = turnOf("ownActs", actor.id);
  const turns: Turn[] = [
    { ...turnOf("ownActs", actor.sessionId), order: "first" },
    { ...ofPerson, points: ofPerson.points * widerTimes },
  ];
  await takeTurns(turns, "changes to your account");
}
