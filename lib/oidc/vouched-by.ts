import { normaliseKey } from "#lib/kernel/normalise.ts";
import type { Claims, OidcProvider } from "#lib/providers/index.ts";
import type { Vouched } from "#lib/sso/index.ts";
import { cleanClaims } from "./clean-claims.ts";
import type { Told } from "./exchange-code.ts";

/** What a provider told, as the one thing that signing in takes. Where both say something, the signed ID token counts. */
export function vouchedBy(provider: OidcProvider, { idToken, claims, userinfo }: Told): Vouched {
  const more = userinfo === "failed" ? undefined : userinfo;
  const all: Claims = { ...cleanClaims(more ?? {}), ...cleanClaims(claims) };
  const email = text(all.email);
  return {
    provider: provider.slug,
    issuer: claims.iss,
    subject: claims.sub,
    session: text(claims.sid),
    idToken,
    email,
    emailVerified: email !== undefined && isVerified(email, claims, more),
    username: text(all.preferred_username),
    givenName: text(all.given_name),
    familyName: text(all.family_name),
    authenticatedAt: typeof claims.auth_time === "number" ? new Date(claims.auth_time * 1000) : undefined,
    claims: all,
    unread: userinfo === "failed" ? "userinfo_failed" : undefined,
  };
}

/**
 * Somebody says literally true of this very address, and nobody says anything else of it.
 * Entra says it in a claim of its own, and nothing in the usual one.
 */
function isVerified(email: string, claims: Claims, userinfo: Claims | undefined): boolean {
  const about = [claims, userinfo ?? {}].filter((one) => {
    const named = text(one.email);
    return named === undefined || normaliseKey(named) === normaliseKey(email);
  });
  const said = about.map((one) => one.email_verified).filter((one) => one !== undefined);
  if (said.length > 0) return said.every((one) => one === true);
  return claims.xms_edov === true;
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value : undefined;
