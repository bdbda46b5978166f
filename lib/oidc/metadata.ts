import {
  type AuthorizationServer,
  allowInsecureRequests,
  customFetch,
  discoveryRequest,
  processDiscoveryResponse,
} from "oauth4webapi";
import { once } from "#lib/kernel/registry.ts";
import { limitedFetch } from "#lib/outgoing/index.ts";
import type { OidcProvider } from "#lib/providers/index.ts";
import { unreachable } from "./refusals.ts";
import { sparingly } from "./sparingly.ts";

/** What signing in needs of what a provider tells about itself. */
export type Metadata = AuthorizationServer &
  Required<Pick<AuthorizationServer, "authorization_endpoint" | "token_endpoint" | "jwks_uri">>;

/** Signatures that only the provider can make: never none, and never with a secret that we have too. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
const keptFor = 10 * 60_000;
type Settings = Pick<OidcProvider["settings"], "issuer" | "enforceHttps">;
type Kept = Map<string, { until: number; metadata: Metadata }>;

const kept = () => once<Kept>("oidc metadata", () => new Map());

/**
 * What the provider tells about itself, asked again after ten minutes. Anybody may start a sign-in, so all who wait for
 * it share one request.
 */
export async function metadataOf(provider: OidcProvider): Promise<Metadata> {
  const { issuer, enforceHttps } = provider.settings;
  const key = JSON.stringify([issuer, enforceHttps]);
  const present = kept().get(key);
  if (present && present.until > Date.now()) return present.metadata;
  return sparingly(key, async () => {
    try {
      const metadata = await discover(provider.settings);
      kept().set(key, { until: Date.now() + keptFor, metadata });
      return metadata;
    } catch (error) {
      throw unreachable(provider, error);
    }
  });
}

/**
 * Asks the issuer itself. It has to call itself by this very name, and to have all that signing in takes.
 * @throws whatever went wrong, in the words of whoever noticed
 */
async function discover({ issuer, enforceHttps }: Settings): Promise<Metadata> {
  const url = new URL(issuer);
  const answer = await discoveryRequest(url, requestOptions(enforceHttps));
  const found = await processDiscoveryResponse(url, answer);
  const { authorization_endpoint, token_endpoint, jwks_uri } = found;
  if (!authorization_endpoint || !token_endpoint || !jwks_uri)
    throw new Error("It names no address to sign in at, to get tokens from, or for its keys.");
  for (const address of [authorization_endpoint, token_endpoint, jwks_uri]) {
    const { protocol } = new URL(address);
    if (protocol !== "https:" && (enforceHttps || protocol !== "http:"))
      throw new Error(`${address} is not an https address.`);
  }
  const offered = found.id_token_signing_alg_values_supported ?? ["RS256"];
  const id_token_signing_alg_values_supported = offered.filter((one) => algorithms.includes(one));
  return {
    ...found,
    authorization_endpoint,
    token_endpoint,
    jwks_uri,
    id_token_signing_alg_values_supported,
  };
}

/** How everything is asked of a provider. */
export const requestOptions = (enforceHttps: boolean, milliseconds = 10_000) => ({
  [allowInsecureRequests]: !enforceHttps,
  [customFetch]: limitedFetch({ milliseconds }),
});
