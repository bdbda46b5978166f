import { ExclusiveCanonicalization, SignedXml } from "xml-crypto";
import { attributeOf, childrenOf, elementsOf, onlyChild, textOf } from "./elements.ts";

/**
 * Which of the certificates a signature holds with, told from one pass over what it signs: the library asks the whole
 * document a dozen questions in XPath for each certificate, which a stranger's response is not worth.
 * @param signature of the form that checkShape lets through
 */
export function provenBy(signature: Element, certificates: readonly string[]): string | undefined {
  const info = onlyChild(signature, "signature", "SignedInfo");
  const reference = info && onlyChild(info, "signature", "Reference");
  if (!info || !reference) return undefined;
  const value = textOf(onlyChild(signature, "signature", "SignatureValue"));
  const words = canonical(info.cloneNode(true) as Element, info);
  const Algorithm = library.SignatureAlgorithms[algorithmOf(info, "SignatureMethod")];
  const Digest = library.HashAlgorithms[algorithmOf(reference, "DigestMethod")];
  const certificate =
    Algorithm && certificates.find((one) => new Algorithm().verifySignature(words, one, value));
  if (!certificate || !Digest) return undefined;
  const parent = signature.parentNode as Element;
  const digest = new Digest().getHash(canonical(without(signature, parent), parent, prefixesOf(reference)));
  const claimed = textOf(onlyChild(reference, "signature", "DigestValue"));
  return Buffer.from(digest, "base64").equals(Buffer.from(claimed, "base64")) ? certificate : undefined;
}

const library = new SignedXml();

const algorithmOf = (within: Element, name: string): string => {
  const found = onlyChild(within, "signature", name);
  return (found && attributeOf(found, "Algorithm")) ?? "";
};

function without(signature: Element, parent: Element): Element {
  const copy = parent.cloneNode(true) as Element;
  const own = elementsOf(copy)[elementsOf(parent).indexOf(signature)];
  if (own) copy.removeChild(own);
  return copy;
}

/** @param at what the copy was made of: the namespaces of what is around it may have to come along */
function canonical(copy: Element, at: Element, inclusiveNamespacesPrefixList: string[] = []): string {
  const ancestorNamespaces = namespacesAround(at);
  return new ExclusiveCanonicalization().process(copy, { inclusiveNamespacesPrefixList, ancestorNamespaces });
}

function namespacesAround(of: Element): { prefix: string; namespaceURI: string }[] {
  const found = new Map<string, string>();
  for (let node = of.parentNode; node?.nodeType === 1; node = node.parentNode)
    for (const { name, value } of Array.from((node as Element).attributes))
      if (name.startsWith("xmlns:") && !found.has(name.slice(6))) found.set(name.slice(6), value);
  const around = [...found].filter(([prefix]) => prefix !== of.prefix && !of.hasAttribute(`xmlns:${prefix}`));
  return around.map(([prefix, namespaceURI]) => ({ prefix, namespaceURI }));
}

/** The namespaces that a reference wants written down whether they are used or not. */
function prefixesOf(reference: Element): string[] {
  const transforms = onlyChild(reference, "signature", "Transforms");
  const last = transforms && childrenOf(transforms, "signature", "Transform").at(-1);
  const listed = last ? childrenOf(last, "exclusive", "InclusiveNamespaces") : [];
  return listed.flatMap((one) => attributeOf(one, "PrefixList")?.split(" ") ?? []);
}
