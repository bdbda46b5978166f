export const ns = {
  assertion: "urn:oasis:names:tc:SAML:2.0:assertion",
  protocol: "urn:oasis:names:tc:SAML:2.0:protocol",
  metadata: "urn:oasis:names:tc:SAML:2.0:metadata",
  signature: "http://www.w3.org/2000/09/xmldsig#",
  exclusive: "http://www.w3.org/2001/10/xml-exc-c14n#",
} as const;
export type Namespace = keyof typeof ns;

export function elementsOf(parent: Node): Element[] {
  const found: Element[] = [];
  for (let node = parent.firstChild; node; node = node.nextSibling) {
    if (node.nodeType === 1) found.push(node as Element);
  }
  return found;
}

export const isElement = (element: Element, space: Namespace, name: string): boolean =>
  element.localName === name && element.namespaceURI === ns[space];

/** Direct children only: what stands elsewhere in a document means nothing there. */
export const childrenOf = (parent: Node, space: Namespace, name: string): Element[] =>
  elementsOf(parent).filter((child) => isElement(child, space, name));

/** The one child of this name; undefined when there is none or more than one. */
export function onlyChild(parent: Node, space: Namespace, name: string): Element | undefined {
  const found = childrenOf(parent, space, name);
  return found.length === 1 ? found[0] : undefined;
}

/** The whole text, whatever stands between its parts. */
export const textOf = (element: Element | undefined): string => (element?.textContent ?? "").trim();

/** undefined for an attribute that is not there, as opposed to an empty one. */
export const attributeOf = (element: Element, name: string): string | undefined =>
  element.hasAttribute(name) ? (element.getAttribute(name) ?? "") : undefined;

/** Every element from here down, in document order. Not recursive: depth is the sender's to choose. */
export function allElements(top: Element): Element[] {
  const found: Element[] = [];
  const waiting = [top];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    found.push(next);
    waiting.push(...elementsOf(next).reverse());
  }
  return found;
}

/** Only the form that SAML has: UTC, to the second or finer. */
export function instantOf(element: Element, name: string): number | undefined {
  const text = attributeOf(element, name);
  if (text === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$/.test(text))
    return undefined;
  const value = Date.parse(/[Z+]|-\d\d:/.test(text.slice(19)) ? text : `${text}Z`);
  return Number.isNaN(value) ? undefined : value;
}
