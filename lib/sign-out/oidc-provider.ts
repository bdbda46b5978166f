import type { Reader } from "#lib/kernel/database.ts";
import { type OidcProvider, providersOf } from "#lib/providers/index.ts";

/** A provider by its name, on or off. */
export async function oidcProvider(reader: Reader, slug: string): Promise<OidcProvider | undefined> {
  const found = (await providersOf(reader)).find((provider) => provider.slug === slug);
  return found?.kind === "oidc" ? found : undefined;
}
