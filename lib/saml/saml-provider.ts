import type { Reader, Tx } from "#lib/kernel/database.ts";
import { providersOf, type SamlProvider } from "#lib/providers/index.ts";
import { samlRefusal } from "./refusals.ts";

/** Asked at every step: a provider that is switched off in the middle of a sign-in lets nobody in. */
export async function samlProvider(
  reader: Reader | Tx,
  slug: string,
  { evenOff = false } = {},
): Promise<SamlProvider> {
  const provider = (await providersOf(reader)).find((one) => one.slug === slug);
  if (provider?.kind === "saml" && (provider.enabled || evenOff)) return provider;
  throw samlRefusal("saml_off");
}
