import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { seal } from "#lib/kernel/seal.ts";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";
import { keepBrowser } from "#lib/known-browsers/index.ts";
import { securityOf } from "#lib/settings/index.ts";
import { crowdedOut } from "./session-end.ts";

/** A session as its holder gets it: the only moment at which the token exists in clear. */
export interface StartedSession {
  token: string;
  expiresAt: Date;
  /** By what the account knows this browser from now on, where it does not keep that already. */
  browser?: string | undefined;
}

export type Factor = "totp" | "recovery_code" | "passkey" | "trusted_device";

/** How somebody signed in. */
export interface Proof {
  method: "password" | "passkey" | "oidc" | "saml";
  factor?: Factor;
  /** Not to be asked for the factor in this browser for a while. */
  remember?: boolean;
  /** Who vouched, for whom, in which session of theirs. */
  atProvider?: AtProvider;
}

export interface AtProvider {
  provider: string;
  issuer: string;
  subject: string;
  idpSession?: string | undefined;
  idToken?: string | undefined;
  /** When they last proved there who they are; where it is not said, the sign-in counts as that. */
  authenticatedAt?: Date | undefined;
}

/** What ID tokens of sessions are sealed for; the owner is the session's id. */
export const idTokenPurpose = "id token";

/**
 * Always a new token, whatever cookie came along: a planted one never becomes a signed-in one.
 * Whatever way somebody came in, the account knows the browser from now on.
 */
export async function startSession(
  tx: Tx,
  call: Call,
  userId: string,
  { method, factor, remember = false, atProvider }: Proof,
): Promise<StartedSession> {
  await makeRoom(tx, userId, call);
  const token = newSecretToken();
  const { absoluteHours } = await securityOf(tx);
  const id = newId(call.at.getTime());
  const browser = await keepBrowser(tx, call, userId, { trust: remember });
  const expiresAt = new Date(call.at.getTime() + absoluteHours * 60 * 60_000);
  await tx.session.create({
    data: {
      id,
      tokenHash: hashToken(token),
      userId,
      method,
      factor: factor ?? null,
      address: call.address ?? null,
      agent: call.agent?.slice(0, 500) ?? null,
      createdAt: call.at,
      provenAt: provenAt(call.at, atProvider),
      lastUsedAt: call.at,
      expiresAt,
      browserId: browser.id,
      ...(atProvider && columnsOf(id, atProvider)),
    },
    select: { id: true },
  });
  return { token, expiresAt, browser: browser.secret };
}

/** So many sessions of one account live at a time. */
export const mostSessions = 100;

/**
 * Those not used for longest end first. It takes the password to get here, so a stolen cookie ends nobody's session; and
 * one that is in use outlives those that are only begun.
 */
async function makeRoom(tx: Tx, userId: string, { at }: Call): Promise<void> {
  await tx.$executeRaw`
    UPDATE sessions SET id_token = NULL, ended_at = ${at}, ended_why = ${crowdedOut}
    WHERE id IN (SELECT id FROM sessions WHERE user_id = ${userId}::uuid AND ended_at IS NULL
      ORDER BY last_used_at DESC, id DESC OFFSET ${mostSessions - 1})`;
}

/** A provider that knows somebody still asks them nothing: then the proof is as old as their sign-in there. */
function provenAt(at: Date, atProvider: AtProvider | undefined): Date {
  const there = atProvider?.authenticatedAt;
  return there && there < at ? there : at;
}

function columnsOf(sessionId: string, { provider, issuer, subject, idpSession, idToken }: AtProvider) {
  return {
    provider,
    issuer,
    subject,
    idpSession: idpSession ?? null,
    idToken: idToken ? seal(idTokenPurpose, sessionId, idToken) : null,
  };
}
