import type { Reader, Tx } from "#lib/kernel/database.ts";
import { enabledProvider, type SamlProvider } from "#lib/providers/index.ts";
import { samlRefusal } from "./refusals.ts";

/** Asked at every step: a provider that is switched off in the middle of a sign-in lets nobody in. */
export async function samlProvider(reader: Reader | Tx, slug: string): Promise<SamlProvider> {
  const provider = await enabledProvider(reader, slug);
  if (provider?.kind === "saml") return provider;
  throw samlRefusal("saml_off");
}
