import { z } from "zod";
import type { Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";
import { sweepExpired } from "./sweep-expired.ts";

const kind = "webauthn";
const lifetime = 5 * 60_000;

/** What a challenge was given for; it is good for nothing else. Confirming is for the one session that asked. */
export type ChallengeUse = "register" | "second_factor" | "sign_in" | `confirm ${string}`;
const dataSchema = z.object({ use: z.string() });

/** A random text for a passkey to sign, good once and for five minutes. Without a user it is for signing in. */
export async function issueChallenge(
  tx: Tx,
  use: ChallengeUse,
  userId: string | null,
  at: Date,
): Promise<string> {
  const challenge = newSecretToken();
  await sweepExpired(tx, kind, at);
  await tx.oneTimeToken.create({
    data: {
      id: newId(at.getTime()),
      kind,
      tokenHash: hashToken(challenge),
      userId,
      data: { use },
      createdAt: at,
      expiresAt: new Date(at.getTime() + lifetime),
    },
    select: { id: true },
  });
  return challenge;
}

/** Spends the challenge that was signed; false when it was not ours, for something else, too old or spent. */
export async function spendChallenge(
  tx: Tx,
  challenge: string,
  use: ChallengeUse,
  userId: string | null,
  at: Date,
): Promise<boolean> {
  const where = { kind, tokenHash: hashToken(challenge), userId, expiresAt: { gt: at } };
  const row = await tx.oneTimeToken.findFirst({ where, select: { id: true, data: true } });
  if (!row || dataSchema.safeParse(row.data).data?.use !== use) return false;
  return (await tx.oneTimeToken.deleteMany({ where: { id: row.id } })).count === 1;
}
