import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";

/**
 * Notes that the person behind a session proved once more who they are, and gives the session a new token:
 * the old one opens nothing from now on. Its age and its absolute end stay.
 * @returns undefined when it ended, or was renewed by somebody else, since the request began
 */
export async function renewSession(
  tx: Tx,
  { at }: Pick<Call, "at">,
  { sessionId, provenAt }: { sessionId: string; provenAt: number },
): Promise<string | undefined> {
  const token = newSecretToken();
  const { count } = await tx.session.updateMany({
    where: { id: sessionId, endedAt: null, provenAt: new Date(provenAt) },
    data: { tokenHash: hashToken(token), provenAt: at, lastUsedAt: at },
  });
  return count === 1 ? token : undefined;
}
