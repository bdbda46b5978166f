import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from "jose";
import { once } from "#lib/kernel/registry.ts";
import { limitedFetch } from "#lib/outgoing/index.ts";
import type { OidcProvider } from "#lib/providers/index.ts";
import { type Metadata, metadataOf } from "./metadata.ts";
import { sparingly } from "./sparingly.ts";

const patience = 5_000;
/** A key that is not among those that we know makes us ask again, however strange the token: so often and no more. */
const cooldown = 5_000;

/** What a logout token of this provider is checked with. Anybody may send one, so the provider is asked sparingly. */
export async function logoutKeys(
  provider: OidcProvider,
): Promise<{ metadata: Metadata; keys: JWTVerifyGetKey }> {
  const metadata = await metadataOf(provider);
  return { metadata, keys: keysAt(metadata.jwks_uri) };
}

const keysAt = (address: string): JWTVerifyGetKey =>
  once(`oidc logout keys: ${address}`, () => remoteKeys(address));

function remoteKeys(address: string): JWTVerifyGetKey {
  const ask = limitedFetch({ milliseconds: patience });
  return createRemoteJWKSet(new URL(address), {
    timeoutDuration: patience,
    cooldownDuration: cooldown,
    [customFetch]: (url, request) =>
      sparingly(url, async () => {
        const answer = await ask(url, request);
        if (answer.status !== 200) throw new Error(`The provider's keys: ${answer.status}.`);
        return answer;
      }),
  });
}
