import type { Reader, Tx } from "#lib/kernel/database.ts";
import { enabledAmong, type Provider, providersOf } from "#lib/providers/index.ts";
import { providerOff } from "./refusals.ts";
import type { Vouched } from "./vouched.ts";

/** The provider behind somebody's word, as it counts now: it may have been switched off or pointed elsewhere meanwhile. */
export async function trustedProvider(
  reader: Reader | Tx,
  vouched: Pick<Vouched, "provider" | "issuer">,
): Promise<Provider> {
  return trustedAmong(await providersOf(reader), vouched);
}

/** The same for whoever has read the providers already. */
export function trustedAmong(
  providers: readonly Provider[],
  { provider: slug, issuer }: Pick<Vouched, "provider" | "issuer">,
): Provider {
  const provider = enabledAmong(providers, slug);
  if (!provider || !isItself(provider, issuer)) throw providerOff();
  return provider;
}

function isItself(provider: Provider, issuer: string): boolean {
  if (provider.kind === "saml") return provider.settings.entityId === issuer;
  // https://login.example.com and the same with a slash are one address.
  return URL.canParse(issuer) && new URL(issuer).href === new URL(provider.settings.issuer).href;
}
