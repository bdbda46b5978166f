import { generateServiceProviderMetadata } from "@node-saml/node-saml";
import { samlAddresses } from "./addresses.ts";

/**
 * What a provider has to know about this console. Nothing in it is secret or depends on what is stored, so it can be
 * fetched before the provider is set up here.
 */
export function ownMetadata(origin: string, slug: string): string {
  const { entityId, acs } = samlAddresses(origin, slug);
  return generateServiceProviderMetadata({
    issuer: entityId,
    callbackUrl: acs,
    identifierFormat: null,
    wantAssertionsSigned: true,
    // The same at every fetch, so that a provider sees when something really changed.
    generateUniqueId: () => `_${slug}`,
  });
}
