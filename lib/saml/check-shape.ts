import {
  allElements,
  attributeOf,
  childrenOf,
  elementsOf,
  isElement,
  onlyChild,
  textOf,
} from "./elements.ts";
import { type SamlReason, samlRefusal } from "./refusals.ts";

/** A response that is built as one has to be. Nothing about it is proven yet. */
export interface Shape {
  response: Element;
  /** The assertion's own, and the response's where it has one. */
  signatures: Element[];
  responseSigned: boolean;
  inResponseTo: string | undefined;
}

const success = "urn:oasis:names:tc:SAML:2.0:status:Success";

/**
 * One response around one assertion, each signed over itself or not at all, and no second of anything that could be
 * taken for the first: every way of wrapping a signature needs one. Done before the signature is checked.
 */
export function checkShape(document: Document): Shape {
  const response = document.documentElement;
  demand(isElement(response, "protocol", "Response"), "saml_unreadable");
  demand(attributeOf(response, "Version") === "2.0" && Boolean(attributeOf(response, "ID")), "saml_shape");
  const all = allElements(response);
  const named = (name: string) => all.filter((element) => element.localName === name);
  demand(statusOf(response) === success, "saml_status");
  const hidden = ["EncryptedAssertion", "EncryptedID", "EncryptedAttribute", "EncryptedData"];
  demand(
    hidden.every((name) => named(name).length === 0),
    "saml_encrypted",
  );

  const assertion = onlyChild(response, "assertion", "Assertion");
  demand(named("Response").length === 1 && named("Assertion").length === 1, "saml_shape");
  if (!assertion) throw samlRefusal("saml_shape");
  demand(idsAreUnique(all), "saml_shape");

  const own = childrenOf(assertion, "signature", "Signature");
  const around = childrenOf(response, "signature", "Signature");
  demand(own.length <= 1 && around.length <= 1, "saml_shape");
  demand(named("Signature").length === own.length + around.length, "saml_shape");
  demand(own.length === 1, "saml_unsigned");
  const signatures = [...own, ...around];
  for (const signature of signatures) checkSignature(signature);
  checkWeight(all, assertion, signatures);
  const inResponseTo = attributeOf(response, "InResponseTo");
  return { response, signatures, responseSigned: around.length === 1, inResponseTo };
}

function demand(holds: boolean, reason: SamlReason): void {
  if (!holds) throw samlRefusal(reason);
}

function statusOf(response: Element): string | undefined {
  const status = onlyChild(response, "protocol", "Status");
  const code = status && onlyChild(status, "protocol", "StatusCode");
  return code && attributeOf(code, "Value");
}

/** Whatever the case of the attribute: readers differ in which of them names an element. */
function idsAreUnique(elements: readonly Element[]): boolean {
  const ids = elements.flatMap((element) =>
    Array.from(element.attributes)
      .filter(({ localName }) => localName?.toLowerCase() === "id")
      .map(({ value }) => value),
  );
  return new Set(ids).size === ids.length;
}

/** What no signature covers is small: else somebody could pad what a provider has really signed. */
function checkWeight(all: readonly Element[], assertion: Element, signatures: readonly Element[]): void {
  const weigh = (elements: readonly Element[]) =>
    elements.reduce((sum, { attributes }) => sum + 1 + attributes.length, 0);
  const inSignatures = signatures.reduce((sum, one) => sum + weigh(allElements(one)), 0);
  demand(weigh(all) - weigh(allElements(assertion)) + inSignatures <= mostUnsigned, "saml_shape");
  const lists = all.filter(({ localName }) => localName === "InclusiveNamespaces");
  demand(
    lists.every((one) => (attributeOf(one, "PrefixList") ?? "").length <= longestPrefixList),
    "saml_shape",
  );
}

/** Elements and attributes. */
const mostUnsigned = 300;
const longestPrefixList = 500;

const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
const enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const signing = [
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
  "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
];
const digesting = ["http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2001/04/xmlenc#sha512"];

/** The one form that SAML asks for: over its own parent, taken out of it, canonicalised exclusively. No SHA-1. */
function checkSignature(signature: Element): void {
  const parts = elementsOf(signature).map(({ localName }) => localName);
  demand(/^SignedInfo,SignatureValue(,KeyInfo)?$/.test(parts.join()), "saml_shape");
  const info = onlyChild(signature, "signature", "SignedInfo");
  const reference = info && onlyChild(info, "signature", "Reference");
  const value = onlyChild(signature, "signature", "SignatureValue");
  if (!info || !reference || !value || textOf(value) === "" || elementsOf(value).length > 0)
    throw samlRefusal("saml_shape");
  const parent = signature.parentNode as Element;
  demand(attributeOf(reference, "URI") === `#${attributeOf(parent, "ID")}`, "saml_shape");
  const algorithm = (within: Element, name: string) => {
    const found = onlyChild(within, "signature", name);
    return found && attributeOf(found, "Algorithm");
  };
  const transforms = onlyChild(reference, "signature", "Transforms");
  const steps = transforms ? childrenOf(transforms, "signature", "Transform") : [];
  const taken = steps.map((step) => attributeOf(step, "Algorithm"));
  demand(taken.length === 2 && taken[0] === enveloped && taken[1] === exclusive, "saml_algorithm");
  demand(algorithm(info, "CanonicalizationMethod") === exclusive, "saml_algorithm");
  demand(signing.includes(algorithm(info, "SignatureMethod") ?? ""), "saml_algorithm");
  demand(digesting.includes(algorithm(reference, "DigestMethod") ?? ""), "saml_algorithm");
}
