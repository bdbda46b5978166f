import type { OAuthConfig } from "next-auth/providers/oauth";
import { exchangeCode, metadataOf, vouchedBy } from "#lib/oidc/index.ts";
import type { OidcProvider } from "#lib/providers/index.ts";
import type { Vouched } from "#lib/sso/index.ts";
import type { Purpose } from "./journey.ts";

/** What next-auth kept for the way back; its types forget the nonce. */
interface Checks {
  state?: string;
  nonce?: string;
  code_verifier?: string;
}

interface Word {
  found(vouched: Vouched): void;
  fail(error: unknown): void;
}
const nobodyListens: Word = { found: () => {}, fail: () => {} };

/**
 * A provider as next-auth takes it. The dance is next-auth's: state, nonce, PKCE. What it would ask the provider itself
 * it leaves to us: it would follow redirects, read answers of any size, and not hold the issuer to its name.
 */
export async function providerConfig(
  provider: OidcProvider,
  origin: string,
  purpose: Purpose,
  { found, fail }: Word = nobodyListens,
): Promise<OAuthConfig<{ sub: string }>> {
  const { slug, label, settings, clientSecret } = provider;
  const metadata = await metadataOf(provider);
  const redirectUri = settings.redirectUri ?? `${origin}/api/auth/callback/${slug}`;
  let vouched: Vouched;
  return {
    id: slug,
    name: label,
    type: "oauth",
    issuer: metadata.issuer,
    clientId: settings.clientId,
    ...(clientSecret !== undefined && { clientSecret }),
    jwks_endpoint: metadata.jwks_uri,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: {
      url: metadata.authorization_endpoint,
      params: {
        scope: settings.scopes,
        response_type: "code",
        redirect_uri: redirectUri,
        // Whoever only proves that it is still them is asked for it, however well the provider knows them.
        ...(purpose === "confirm" && { prompt: "login", max_age: 0 }),
      },
    },
    token: {
      url: metadata.token_endpoint,
      async request({ params, checks }) {
        try {
          const { state = "", nonce = "", code_verifier: codeVerifier = "" } = checks as Checks;
          const parameters = { ...(params as Record<string, string>) };
          const told = await exchangeCode(provider, { parameters, state, nonce, codeVerifier, redirectUri });
          vouched = vouchedBy(provider, told);
          found(vouched);
          return { tokens: { id_token: told.idToken } };
        } catch (error) {
          fail(error);
          throw error;
        }
      },
    },
    userinfo: { request: async () => ({ sub: vouched.subject }) },
    profile: ({ sub }) => ({ id: sub }),
  };
}
