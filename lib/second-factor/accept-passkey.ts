import { verifyAuthenticationResponse } from "@simplewebauthn/server";
import type { Call } from "#lib/kernel/call.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { type ChallengeUse, spendChallenge } from "./challenges.ts";
import { relyingParty } from "./relying-party.ts";
import type { PasskeyShown } from "./schema.ts";
import { signedChallenge } from "./signed-challenge.ts";

/** Whose passkey this is, by its id alone: nothing is proven yet. */
export async function passkeyOwner(tx: Reader | Tx, shown: PasskeyShown): Promise<string | undefined> {
  const where = { credentialId: shown.id };
  return (await tx.passkey.findUnique({ where, select: { userId: true } }))?.userId;
}

/**
 * Spends the challenge and checks the signature with the user's stored key; false for whatever does not fit.
 * The authenticator must have verified the person, and its counter must not go back: a copy would.
 */
export async function acceptPasskey(
  tx: Tx,
  call: Call,
  shown: PasskeyShown,
  { userId, use }: { userId: string; use: Exclude<ChallengeUse, "register"> },
): Promise<boolean> {
  const challenge = signedChallenge(shown.response.clientDataJSON);
  const holder = use === "sign_in" ? null : userId;
  if (!challenge || !(await spendChallenge(tx, challenge, use, holder, call.at))) return false;
  const passkey = await tx.passkey.findUnique({
    where: { credentialId: shown.id },
    select: { id: true, userId: true, publicKey: true, counter: true },
  });
  if (passkey?.userId !== userId || !isHandleOf(shown, userId, use)) return false;
  const counter = await newCounter(call, shown, challenge, passkey);
  if (counter === undefined) return false;
  const { count } = await tx.passkey.updateMany({
    where: { id: passkey.id, counter: passkey.counter },
    data: { counter, lastUsedAt: call.at },
  });
  return count === 1;
}

/** Signing in without a name rests on the handle that the passkey keeps, so there it has to be present. */
function isHandleOf({ response }: PasskeyShown, userId: string, use: ChallengeUse): boolean {
  if (!response.userHandle) return use !== "sign_in";
  return response.userHandle === Buffer.from(userHandle(userId)).toString("base64url");
}

/** The user's id as a passkey keeps it: it says nothing about the person. */
export const userHandle = (userId: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(userId.replaceAll("-", ""), "hex"));

async function newCounter(
  call: Call,
  shown: PasskeyShown,
  challenge: string,
  stored: { publicKey: Uint8Array<ArrayBuffer>; counter: bigint },
): Promise<number | undefined> {
  const party = relyingParty(call.origin);
  const { userHandle: handle, ...response } = shown.response;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...shown,
        response: handle ? { ...response, userHandle: handle } : response,
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: { id: shown.id, publicKey: stored.publicKey, counter: Number(stored.counter) },
    });
    return verified ? authenticationInfo.newCounter : undefined;
  } catch {
    // The library throws for every answer that does not fit, a counter that went back among them.
    return undefined;
  }
}
