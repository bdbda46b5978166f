import { DOMParser } from "@xmldom/xmldom";
import { withoutAsides } from "./without-asides.ts";

/** More than the longest list of groups needs, and less than what keeps the process busy. */
export const xmlLimits = { characters: 262_144, elements: 10_000, attributes: 10_000, depth: 40 };

/**
 * Reads an XML document or says undefined. There are no document types, so there is nothing to include, to expand or
 * to look up; and no comments, sections or instructions, which readers have taken differently.
 * @param lenient for what an administrator pastes: comments and a style sheet mean nothing there
 */
export function readXml(text: string, { lenient = false } = {}): Document | undefined {
  if (text.length > xmlLimits.characters) return undefined;
  const plain = lenient ? withoutAsides(text) : text;
  if (plain.includes("<!") || /<\?(?!xml\s)/i.test(plain) || plain.trimStart().lastIndexOf("<?") > 0)
    return undefined;
  if (count(plain, /</g) > 2 * xmlLimits.elements || count(plain, /=\s*["']/g) > xmlLimits.attributes)
    return undefined;
  try {
    const strict = { warning: refuse, error: refuse, fatalError: refuse };
    const document = new DOMParser({ errorHandler: strict }).parseFromString(plain, "text/xml");
    return isOneTree(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

const count = (text: string, what: RegExp) => text.match(what)?.length ?? 0;

function refuse(message: string): never {
  throw new Error(message);
}

/** One element, with nothing beside it but white space and the declaration, and not deeper than anybody means. */
function isOneTree(document: Document): boolean {
  const beside = [...children(document)].filter((node) => node !== document.documentElement);
  const empty = (node: Node) => node.nodeType === 7 || (node.nodeType === 3 && !node.nodeValue?.trim());
  if (!document.documentElement || !beside.every(empty)) return false;
  let level: Node[] = [document.documentElement];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > xmlLimits.depth) return false;
    level = level.flatMap((node) => [...children(node)]).filter((node) => node.nodeType === 1);
  }
  return true;
}

function* children(parent: Node): Iterable<Node> {
  for (let node = parent.firstChild; node; node = node.nextSibling) yield node;
}
