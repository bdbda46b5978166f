import { type JWTHeaderParameters, type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";
import type { OidcProvider } from "#lib/providers/index.ts";
import { logoutKeys } from "./logout-keys.ts";

/** Whose session is over at the provider: that one session, or all of that person. */
export interface LoggedOut {
  issuer: string;
  subject: string | undefined;
  session: string | undefined;
  /** Of the token: it counts once. */
  id: string;
  /** When it would be refused for its age. */
  until: Date;
}

/** How far the provider's clock may be off, in seconds. */
const tolerance = 60;
/** Nobody's logout token is good for longer; that we have seen one is remembered for so long. */
const longest = 24 * 60 * 60;
const event = "http://schemas.openid.net/event/backchannel-logout";

const word = z.string().min(1).max(500);
const claimsSchema = z
  .object({
    iss: word.max(1000),
    iat: z.number(),
    exp: z.number(),
    jti: word.max(1000),
    sub: word.optional(),
    sid: word.optional(),
    // An object, and nothing else that could stand for one.
    events: z.object({ [event]: z.record(z.string(), z.unknown()) }),
  })
  .refine(
    ({ sub, sid }) => sub !== undefined || sid !== undefined,
    "It names neither a person nor a session.",
  );

/**
 * Checks a logout token as OpenID Connect Back-Channel Logout 1.0 (2.6) has it, and answers whom it is about.
 * That it is used once is for whoever has a transaction.
 * @throws whatever is wrong with it, for the log alone
 */
export async function readLogoutToken(provider: OidcProvider, token: string): Promise<LoggedOut> {
  const { clientId } = provider.settings;
  const { metadata, keys } = await logoutKeys(provider);
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    issuer: metadata.issuer,
    audience: clientId,
    // Those of the provider's ID tokens that only the provider can make.
    algorithms: metadata.id_token_signing_alg_values_supported ?? [],
    clockTolerance: tolerance,
    requiredClaims: ["iss", "aud", "iat", "exp", "jti", "events"],
  });
  refuseOtherKind(protectedHeader, payload);
  if ([payload.aud].flat().length !== 1) throw new Error("It is for somebody else as well.");
  const { iss: issuer, sub, sid, jti, iat, exp } = claimsSchema.parse(payload);
  const now = Date.now() / 1000;
  if (iat > now + tolerance) throw new Error("It is of the future.");
  if (exp > now + longest) throw new Error("It is good for too long.");
  return { issuer, subject: sub, session: sid, id: jti, until: new Date((exp + tolerance) * 1000) };
}

/** An ID token, or any other that the provider signs, is no logout token. */
function refuseOtherKind({ typ }: JWTHeaderParameters, payload: JWTPayload): void {
  // "JWT" is what a token says that says nothing about its kind, as providers of before the final specification do.
  const kind = typ?.toLowerCase().replace(/^application\//, "");
  if (kind !== undefined && kind !== "logout+jwt" && kind !== "jwt")
    throw new Error("It is of another kind.");
  if ("nonce" in payload) throw new Error("It has a nonce, as ID tokens have.");
}
