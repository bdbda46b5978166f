import type { Reader, Tx } from "#lib/kernel/database.ts";
import { enabledProvider, type Provider } from "#lib/providers/index.ts";
import { providerOff } from "./refusals.ts";
import type { Vouched } from "./vouched.ts";

/** The provider behind somebody's word, as it counts now: it may have been switched off or pointed elsewhere meanwhile. */
export async function trustedProvider(
  reader: Reader | Tx,
  { provider: slug, issuer }: Pick<Vouched, "provider" | "issuer">,
): Promise<Provider> {
  const provider = await enabledProvider(reader, slug);
  if (!provider || !isItself(provider, issuer)) throw providerOff();
  return provider;
}

function isItself(provider: Provider, issuer: string): boolean {
  if (provider.kind === "saml") return provider.settings.entityId === issuer;
  // https://login.example.com and the same with a slash are one address.
  return URL.canParse(issuer) && new URL(issuer).href === new URL(provider.settings.issuer).href;
}
