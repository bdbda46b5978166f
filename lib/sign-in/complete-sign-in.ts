import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { requireLocalSignIn } from "#lib/providers/index.ts";
import {
  countSignIn,
  endSession,
  type Proof,
  replaced,
  type StartedSession,
  startSession,
} from "#lib/sessions/index.ts";

/** What a door gets for a right password: a session, or the ticket that asks for the second factor first. */
export type SignedIn = StartedSession & { kind: "session" | "ticket" };

/** The one place where what was proven here becomes a session, while that is open. The caller has locked the user's row and found it active. */
export async function completeSignIn(
  tx: Tx,
  call: Call,
  userId: string,
  proof: Proof,
): Promise<SignedIn & { kind: "session" }> {
  await requireLocalSignIn(tx);
  await countSignIn(tx, userId);
  const { actor } = call;
  await tx.user.update({ where: { id: userId }, data: { lastSignInAt: call.at }, select: { id: true } });
  if (actor.kind === "user") await endSession(tx, actor.sessionId, replaced, call);
  return { kind: "session", ...(await startSession(tx, call, userId, proof)) };
}
