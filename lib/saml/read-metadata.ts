import { AppError } from "#lib/kernel/errors.ts";
import { readCertificate } from "./certificate.ts";
import { attributeOf, childrenOf, elementsOf, isElement, textOf } from "./elements.ts";
import { readXml } from "./read-xml.ts";

/** What the settings of a provider need of its metadata. */
export interface ProviderMetadata {
  entityId: string;
  ssoUrl: string;
  /** PEM. Several while the provider changes keys. */
  certificates: string[];
}

const saml2 = "urn:oasis:names:tc:SAML:2.0:protocol";
const redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

/**
 * Reads the metadata that an administrator brings from a provider. It is believed because of who brings it: a signature
 * in it is not looked at.
 */
export function readMetadata(text: string, at: Date): ProviderMetadata {
  const document = readXml(text.trim().replace(/^\uFEFF/, ""), { lenient: true });
  if (!document)
    throw refused("This is no XML that can be read: paste the whole metadata file, without a DOCTYPE.");
  const entity = theProvider(document.documentElement);
  const entityId = attributeOf(entity, "entityID");
  if (!entityId) throw refused("The metadata does not say who it is about: entityID is missing.");
  const [role] = rolesOf(entity);
  for (const until of [attributeOf(entity, "validUntil"), role && attributeOf(role, "validUntil")])
    if (until && !(Date.parse(until) > at.getTime()))
      throw refused(`This metadata was good until ${until}: fetch it anew.`);
  if (!role) throw refused("This is not the metadata of an identity provider that speaks SAML 2.0.");
  return { entityId, ssoUrl: ssoUrlOf(role), certificates: certificatesOf(role) };
}

const refused = (message: string) =>
  new AppError("invalid", "metadata_unusable", message, { fields: { metadata: [message] } });

const rolesOf = (entity: Element) =>
  childrenOf(entity, "metadata", "IDPSSODescriptor").filter((role) =>
    (attributeOf(role, "protocolSupportEnumeration") ?? "").split(/\s+/).includes(saml2),
  );

/** A file may describe a whole federation; which of its providers is meant cannot be guessed. */
function theProvider(top: Element): Element {
  if (isElement(top, "metadata", "EntityDescriptor")) return top;
  if (!isElement(top, "metadata", "EntitiesDescriptor"))
    throw refused("This is no SAML metadata: its first element has to be EntityDescriptor.");
  const found = elementsOf(top).filter(
    (one) => isElement(one, "metadata", "EntityDescriptor") && rolesOf(one)[0],
  );
  if (found.length === 1 && found[0]) return found[0];
  throw refused(
    found.length === 0
      ? "There is no identity provider that speaks SAML 2.0 in this metadata."
      : `There are ${found.length} identity providers in this metadata: paste the EntityDescriptor of one.`,
  );
}

function ssoUrlOf(role: Element): string {
  const services = childrenOf(role, "metadata", "SingleSignOnService");
  const service = services.find((one) => attributeOf(one, "Binding") === redirect);
  const url = service && attributeOf(service, "Location");
  if (!url) throw refused("The provider takes no sign-in requests by redirect (HTTP-Redirect binding).");
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw refused("The address for sign-in requests is no web address.");
  return url;
}

function certificatesOf(role: Element): string[] {
  const keys = childrenOf(role, "metadata", "KeyDescriptor").filter(
    (key) => (attributeOf(key, "use") ?? "signing") === "signing",
  );
  const texts = keys
    .flatMap((key) => childrenOf(key, "signature", "KeyInfo"))
    .flatMap((info) => childrenOf(info, "signature", "X509Data"))
    .flatMap((data) => childrenOf(data, "signature", "X509Certificate"))
    .map(textOf);
  const read = [...new Set(texts)].map(readCertificate);
  const usable = read.flatMap((one) => ("pem" in one ? [one.pem] : []));
  if (usable.length > 0) return [...new Set(usable)].slice(0, 10);
  const [problem] = read.flatMap((one) => ("problem" in one ? [one.problem] : []));
  throw refused(
    `There is no certificate in it that signatures could be checked with. ${problem ?? ""}`.trim(),
  );
}
