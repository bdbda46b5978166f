import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";
import { absoluteLimit } from "./limits.ts";

/** A session as its holder gets it: the only moment at which the token exists in clear. */
export interface StartedSession {
  token: string;
  expiresAt: Date;
}

/** Always a new token, whatever cookie came along: a planted one never becomes a signed-in one. */
export async function startSession(
  tx: Tx,
  call: Call,
  userId: string,
  method: "password",
): Promise<StartedSession> {
  const token = newSecretToken();
  const expiresAt = new Date(call.at.getTime() + absoluteLimit);
  await tx.session.create({
    data: {
      id: newId(call.at.getTime()),
      tokenHash: hashToken(token),
      userId,
      method,
      address: call.address ?? null,
      agent: call.agent?.slice(0, 500) ?? null,
      createdAt: call.at,
      lastUsedAt: call.at,
      expiresAt,
    },
    select: { id: true },
  });
  return { token, expiresAt };
}
