import { DOMParser } from "@xmldom/xmldom";
import { isPlainXml } from "./is-plain-xml.ts";
import { withoutAsides } from "./without-asides.ts";
import { xmlLimits } from "./xml-limits.ts";

/**
 * Reads an XML document or says undefined. There are no document types, so there is nothing to include, to expand or
 * to look up; and no comments, sections or instructions, which readers have taken differently.
 * @param lenient for what an administrator pastes: comments and a style sheet mean nothing there
 */
export function readXml(text: string, { lenient = false } = {}): Document | undefined {
  if (text.length > xmlLimits.characters) return undefined;
  const plain = lenient ? withoutAsides(text) : text;
  if (!isPlainXml(plain)) return undefined;
  try {
    const strict = { warning: refuse, error: refuse, fatalError: refuse };
    const document = new DOMParser({ errorHandler: strict }).parseFromString(plain, "text/xml");
    return document.documentElement ? document : undefined;
  } catch {
    return undefined;
  }
}

function refuse(message: string): never {
  throw new Error(message);
}
