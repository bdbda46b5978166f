import { readXml } from "./read-xml.ts";
import { samlRefusal } from "./refusals.ts";
import { xmlLimits } from "./xml-limits.ts";

/** The form field as the POST binding has it: base64 of UTF-8, nothing left over and nothing guessed. */
export function decodeResponse(sent: string): { xml: string; document: Document } {
  const text = sent.replace(/[\r\n]/g, "");
  if (text.length > 2 * xmlLimits.characters) throw samlRefusal("saml_unreadable");
  const bytes = Buffer.from(text, "base64");
  if (text === "" || bytes.toString("base64") !== text) throw samlRefusal("saml_unreadable");
  const xml = decodeUtf8(bytes);
  const document = xml === undefined ? undefined : readXml(xml);
  if (xml === undefined || !document) throw samlRefusal("saml_unreadable");
  return { xml, document };
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
