import type { IncomingMessage } from "node:http";
import { JsonTooLarge, readJson } from "#lib/kernel/read-json.ts";
import { actionCall } from "./action-call.ts";
import { BodyTooLarge, bodyLimits, readBody } from "./body-limit.ts";
import { countParts } from "./multipart.ts";
import { urlEncoded } from "./url-encoded.ts";

/** A body as pages and next-auth's routes get it. */
export interface PageBody {
  body: Buffer;
  type: string | undefined;
}

/**
 * Reads what was sent to a page or a route, and writes it anew as one of our own forms would have sent it: so Next and
 * next-auth decode nothing that was not looked at here. Undefined when it cannot be read so.
 * @param hasSession asked at most once, and only when a stranger's limits do not do
 * @throws BodyTooLarge, RequestAborted
 */
export async function pageBody(
  request: IncomingMessage,
  path: string,
  hasSession: () => Promise<boolean>,
): Promise<PageBody | undefined> {
  let known: Promise<{ bytes: number; fields: number }> | undefined;
  const limits = () => {
    known ??= hasSession().then((live) => (live ? bodyLimits.signedIn : bodyLimits.stranger));
    return known;
  };
  const body = await readBody(request, bodyLimits.stranger.bytes, async () => (await limits()).bytes);
  const type = request.headers["content-type"] ?? "";
  const bound = async (fields: number) => {
    if (fields > bodyLimits.stranger.fields && fields > (await limits()).fields)
      throw new BodyTooLarge(bodyLimits.stranger.bytes);
  };
  if (path.startsWith("/api/")) {
    const sent = routeFields(body, type);
    if (!sent) return undefined;
    await bound(sent.size);
    return { body: Buffer.from(String(sent)), type: "application/x-www-form-urlencoded" };
  }
  const parts = countParts(body, type, bodyLimits.signedIn.fields);
  if (parts === undefined) return undefined;
  await bound(parts);
  const sent = await formIn(body, type);
  const call = sent && actionCall(request.headers["next-action"], sent);
  return call && written(call);
}

/** What next-auth is sent: names and values, in a form or as JSON. */
function routeFields(body: Buffer, given: string): URLSearchParams | undefined {
  const text = body.toString("utf8");
  const type = given.split(";", 1)[0]?.trim().toLowerCase();
  if (text === "") return new URLSearchParams();
  if (type === "application/x-www-form-urlencoded") {
    const form = urlEncoded(text, bodyLimits.signedIn.fields);
    if (!form) throw new BodyTooLarge(bodyLimits.stranger.bytes);
    return form;
  }
  if (type !== "application/json") return undefined;
  try {
    const read = readJson(text, { values: bodyLimits.signedIn.fields + 1, depth: 1 });
    if (typeof read !== "object" || read === null || Array.isArray(read)) return undefined;
    const entries = Object.entries(read);
    const plain = entries.every(([, value]) => ["string", "number", "boolean"].includes(typeof value));
    return plain ? new URLSearchParams(entries.map(([name, value]) => [name, String(value)])) : undefined;
  } catch (error) {
    if (error instanceof JsonTooLarge && error.bound === "values")
      throw new BodyTooLarge(bodyLimits.stranger.bytes);
    return undefined;
  }
}

/** Forms of pages are multipart, whether scripts send them or not. */
const formIn = (body: Buffer, type: string): Promise<FormData | undefined> =>
  new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData().catch(() => undefined);

async function written(form: FormData): Promise<PageBody> {
  const response = new Response(form);
  const type = response.headers.get("content-type") ?? undefined;
  return { body: Buffer.from(await response.arrayBuffer()), type };
}
