import { SAML, ValidateInResponseTo } from "@node-saml/node-saml";
import type { AppError } from "#lib/kernel/errors.ts";
import { log } from "#lib/kernel/log.ts";
import type { SamlProvider } from "#lib/providers/index.ts";
import type { SamlAddresses } from "./addresses.ts";
import type { Shape } from "./check-shape.ts";
import { provenBy } from "./proven-by.ts";
import { readXml } from "./read-xml.ts";
import { samlRefusal } from "./refusals.ts";

interface Wanted {
  /** What the request that we send is called. */
  requestId?: string;
  /** Whoever only proves that it is still them is asked for it, however well the provider knows them. */
  anew?: boolean;
  /** A signature around the response that does not hold is refused, though the assertion's own would do. */
  responseSigned?: boolean;
}

export function libraryFor(provider: SamlProvider, own: SamlAddresses, wanted: Wanted): SAML {
  const { entityId, ssoUrl, certificates } = provider.settings;
  const { requestId, anew = false, responseSigned = false } = wanted;
  return new SAML({
    issuer: own.entityId,
    callbackUrl: own.acs,
    entryPoint: ssoUrl,
    idpIssuer: entityId,
    idpCert: certificates,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: responseSigned,
    // The provider chooses by its own settings: asking for one form makes some of them refuse.
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    signatureAlgorithm: "sha256",
    forceAuthn: anew,
    ...(requestId && { generateUniqueId: () => requestId }),
    // check-assertion.ts judges these on the signed words, at the instant of the request, with a reason for each.
    audience: false,
    acceptedClockSkewMs: -1,
    validateInResponseTo: ValidateInResponseTo.never,
  });
}

/**
 * Proves the signatures with the certificates of the settings and nothing that came along. The library has the last
 * word, on what the quick proof lets through.
 * @returns the assertion as it was signed: everything else is read from this and not from what arrived
 */
export async function signedAssertion(
  provider: SamlProvider,
  own: SamlAddresses,
  xml: string,
  { signatures, responseSigned }: Shape,
): Promise<Element> {
  const proving = signatures.map((one) => provenBy(one, provider.settings.certificates));
  const certificates = [...new Set(proving)].filter((one) => one !== undefined);
  if (proving.includes(undefined)) throw samlRefusal("saml_signature");
  const settings = { ...provider.settings, certificates };
  const library = libraryFor({ ...provider, settings }, own, { responseSigned });
  const SAMLResponse = Buffer.from(xml, "utf8").toString("base64");
  const answer = await library.validatePostResponseAsync({ SAMLResponse }).catch((error: unknown) => {
    throw refusedByLibrary(provider, error);
  });
  const signed = answer.profile?.getAssertionXml?.();
  const assertion = signed && readXml(signed)?.documentElement;
  if (!assertion) throw samlRefusal("saml_signature");
  return assertion;
}

/** Its own words are for whoever runs the console: they may quote what a stranger sent. */
function refusedByLibrary({ slug }: SamlProvider, error: unknown): AppError {
  const said = error instanceof Error ? error.message.slice(0, 300) : "";
  log().warn({ provider: slug, said }, "saml response refused");
  return samlRefusal(said.endsWith("is not a valid date") ? "saml_time" : "saml_signature");
}
