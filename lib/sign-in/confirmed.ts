import type { UserActor } from "#lib/kernel/actor.ts";
import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { Change } from "#lib/kernel/operation.ts";
import { requireLocalSignIn } from "#lib/providers/index.ts";
import { renewSession } from "#lib/sessions/index.ts";

/** Whoever is behind a session has proven once more who they are: it goes on with a new token. */
export async function confirmed(
  tx: Tx,
  call: Call,
  self: UserActor,
  method: "password" | "passkey" | "totp" | "oidc" | "saml",
): Promise<Change<{ token: string }>> {
  if (method !== "oidc" && method !== "saml") await requireLocalSignIn(tx);
  const token = await renewSession(tx, call, self);
  if (!token) throw overtaken();
  return { target: ownSession(self), after: { method }, result: { token } };
}

export const ownSession = ({ sessionId, username }: UserActor) => ({
  kind: "session" as const,
  id: sessionId,
  name: username,
});

function overtaken(): AppError {
  const message = "This session was confirmed in another tab, or has ended: try again.";
  return new AppError("conflict", "session_changed", message);
}
