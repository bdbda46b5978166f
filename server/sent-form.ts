import { isSecretField } from "#lib/kernel/secret-fields.ts";

/** What somebody sent without scripts, to be sent again. */
export interface SentForm {
  kept: [name: string, value: string][];
  /** Names of fields whose values are not kept. */
  secrets: string[];
}

/** @param query of the page: what stands in the address already, such as a link's token, is no secret to it */
export async function readSentForm(
  body: Buffer,
  contentType: string,
  query: URLSearchParams,
): Promise<SentForm | undefined> {
  const headers = { "content-type": contentType };
  const form = await new Response(new Uint8Array(body), { headers }).formData().catch(() => undefined);
  if (!form) return undefined;
  const sent: SentForm = { kept: [], secrets: [] };
  for (const [name, value] of form) {
    if (typeof value !== "string") continue;
    const secret = !name.startsWith("$ACTION") && isSecretField(name);
    if (secret && query.get(name) !== value) sent.secrets.push(name);
    else sent.kept.push([name, value]);
  }
  return sent;
}
