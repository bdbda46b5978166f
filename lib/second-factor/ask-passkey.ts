import { generateAuthenticationOptions } from "@simplewebauthn/server";
import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { type ChallengeUse, issueChallenge } from "./challenges.ts";
import { relyingParty } from "./relying-party.ts";

/** What a browser needs to ask for a passkey: one of this user's, or whichever it has for this console. */
export async function askPasskey(
  tx: Tx,
  call: Call,
  use: Exclude<ChallengeUse, "register">,
  userId: string | null,
) {
  const { id: rpID } = relyingParty(call.origin);
  const challenge = await issueChallenge(tx, use, userId, call.at);
  const own = userId
    ? await tx.passkey.findMany({ where: { userId }, select: { credentialId: true, transports: true } })
    : [];
  return generateAuthenticationOptions({
    rpID,
    challenge: new Uint8Array(Buffer.from(challenge, "base64url")),
    userVerification: "required",
    allowCredentials: own.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
  });
}
