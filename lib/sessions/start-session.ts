import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";
import { securityOf } from "#lib/settings/index.ts";

/** A session as its holder gets it: the only moment at which the token exists in clear. */
export interface StartedSession {
  token: string;
  expiresAt: Date;
}

export type Factor = "totp" | "recovery_code" | "passkey" | "trusted_device";

/** How somebody signed in. */
export interface Proof {
  method: "password" | "passkey";
  factor?: Factor;
}

/** Always a new token, whatever cookie came along: a planted one never becomes a signed-in one. */
export async function startSession(
  tx: Tx,
  call: Call,
  userId: string,
  { method, factor }: Proof,
): Promise<StartedSession> {
  const token = newSecretToken();
  const { absoluteHours } = await securityOf(tx);
  const expiresAt = new Date(call.at.getTime() + absoluteHours * 60 * 60_000);
  await tx.session.create({
    data: {
      id: newId(call.at.getTime()),
      tokenHash: hashToken(token),
      userId,
      method,
      factor: factor ?? null,
      address: call.address ?? null,
      agent: call.agent?.slice(0, 500) ?? null,
      createdAt: call.at,
      provenAt: call.at,
      lastUsedAt: call.at,
      expiresAt,
    },
    select: { id: true },
  });
  return { token, expiresAt };
}
