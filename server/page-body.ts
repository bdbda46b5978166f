import type { IncomingMessage } from "node:http";
import { JsonTooLarge, readJson } from "#lib/kernel/read-json.ts";
import { actionCall } from "./action-call.ts";
import { BodyTooLarge, bodyLimits, readBody } from "./body-limit.ts";
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
  const type = request.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  const sent = path.startsWith("/api/") ? routeFields(body, type) : await formIn(body, request.headers);
  if (!sent) return undefined;
  const count = [...sent.keys()].length;
  if (count > bodyLimits.stranger.fields && count > (await limits()).fields)
    throw new BodyTooLarge(bodyLimits.stranger.bytes);
  if (sent instanceof URLSearchParams)
    return { body: Buffer.from(String(sent)), type: "application/x-www-form-urlencoded" };
  const call = actionCall(request.headers["next-action"], sent);
  return call && written(call);
}

/** What next-auth is sent: names and values, in a form or as JSON. */
function routeFields(body: Buffer, type: string | undefined): URLSearchParams | undefined {
  const text = body.toString("utf8");
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
async function formIn(body: Buffer, headers: IncomingMessage["headers"]): Promise<FormData | undefined> {
  const type = headers["content-type"] ?? "";
  if (!/^multipart\/form-data;/i.test(type)) return undefined;
  return new Response(new Uint8Array(body), { headers: { "content-type": type } })
    .formData()
    .catch(() => undefined);
}

async function written(form: FormData): Promise<PageBody> {
  const response = new Response(form);
  const type = response.headers.get("content-type") ?? undefined;
  return { body: Buffer.from(await response.arrayBuffer()), type };
}
