import { generateRegistrationOptions, verifyRegistrationResponse } from "@simplewebauthn/server";
import { z } from "zod";
import type { Call } from "#lib/kernel/call.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/id.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { aboutSelf, requireUser } from "#lib/kernel/require-user.ts";
import { protectionNotice } from "#lib/mail/index.ts";
import { userHandle } from "./accept-passkey.ts";
import { issueChallenge, spendChallenge } from "./challenges.ts";
import { firstRecoveryCodes } from "./first-recovery-codes.ts";
import { lockUser } from "./own-account.ts";
import { relyingParty } from "./relying-party.ts";
import { addPasskeySchema } from "./schema.ts";
import { signedChallenge } from "./signed-challenge.ts";

const mostPasskeys = 20;

/** COSE's numbers for EdDSA, ES256 and RS256: what every authenticator can do at least one of. */
const supportedAlgorithmIDs = [-8, -7, -257];

/** What the browser needs to make a passkey: a challenge, and the passkeys that are there already. */
export const startPasskey = defineCommand({
  name: "start adding a passkey",
  needs: "enrolling",
  protects: true,
  dangerous: true,
  input: z.object({}),
  async run({ tx, call, actor }) {
    const self = requireUser(actor);
    const party = relyingParty(call.origin);
    await lockUser(tx, self.id);
    const present = await tx.passkey.findMany({ where: { userId: self.id }, select: { credentialId: true } });
    if (present.length >= mostPasskeys) throw tooMany();
    const challenge = await issueChallenge(tx, "register", self.id, call.at);
    const options = await generateRegistrationOptions({
      rpName: "Bailiwick",
      rpID: party.id,
      userID: userHandle(self.id),
      userName: self.username,
      userDisplayName: self.name || self.username,
      challenge: new Uint8Array(Buffer.from(challenge, "base64url")),
      attestationType: "none",
      supportedAlgorithmIDs,
      authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
      excludeCredentials: present.map(({ credentialId }) => ({ id: credentialId })),
    });
    return { target: aboutSelf(self), result: { options } };
  },
});

export const addPasskey = defineCommand({
  name: "add passkey",
  needs: "enrolling",
  protects: true,
  dangerous: true,
  input: addPasskeySchema,
  async run({ tx, call, actor }, { name, response }) {
    const self = requireUser(actor);
    await lockUser(tx, self.id);
    const challenge = signedChallenge(response.response.clientDataJSON);
    if (!challenge || !(await spendChallenge(tx, challenge, "register", self.id, call.at)))
      throw notAccepted();
    // Challenges that were asked for before the last one was added are still good.
    if ((await tx.passkey.count({ where: { userId: self.id } })) >= mostPasskeys) throw tooMany();
    const credential = await verified(call, response, challenge);
    const taken = await tx.passkey.count({ where: { credentialId: credential.id } });
    if (taken > 0) throw new AppError("conflict", "passkey_taken", "This passkey is registered already.");
    await tx.passkey.create({
      data: {
        id: newId(call.at.getTime()),
        userId: self.id,
        credentialId: credential.id,
        publicKey: new Uint8Array(credential.publicKey),
        counter: credential.counter,
        transports: response.response.transports ?? [],
        name,
        createdAt: call.at,
      },
      select: { id: true },
    });
    const codes = await firstRecoveryCodes(tx, self.id, call.at);
    return {
      target: aboutSelf(self),
      after: { passkey: name, recoveryCodes: codes.length },
      result: { name, codes },
      afterwards: protectionNotice(call, self, {
        subject: "A passkey was added to your account",
        what: `The passkey "${name}" was added to your account.`,
      }),
    };
  },
});

function tooMany(): AppError {
  const message = `You have ${mostPasskeys} passkeys, the most that an account can have: remove one that you do not use.`;
  return new AppError("conflict", "too_many_passkeys", message);
}

type Made = z.output<typeof addPasskeySchema>["response"];

async function verified(call: Call, made: Made, challenge: string) {
  const party = relyingParty(call.origin);
  const checked = await verifyRegistrationResponse({
    response: {
      id: made.id,
      rawId: made.rawId,
      type: made.type,
      response: {
        clientDataJSON: made.response.clientDataJSON,
        attestationObject: made.response.attestationObject,
      },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    supportedAlgorithmIDs,
  }).catch(() => undefined);
  if (!checked?.verified) throw notAccepted();
  return checked.registrationInfo.credential;
}

function notAccepted(): AppError {
  return new AppError("conflict", "passkey_refused", "The passkey could not be accepted: try once more.");
}
