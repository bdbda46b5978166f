import { IncomingMessage } from "node:http";

const bodyLimit = 1_048_576;

export class BodyTooLarge extends Error {}

/** What the headers already say: too long, or of a length that nobody can know before it has come. */
export function announcedBody(
  headers: IncomingMessage["headers"],
  limit = bodyLimit,
): "fine" | "too_large" | "unknown" {
  if (headers["transfer-encoding"] !== undefined) return "unknown";
  return Number(headers["content-length"] ?? 0) > limit ? "too_large" : "fine";
}

/** The whole body, or BodyTooLarge as soon as it is longer than the limit. */
export async function readBody(request: IncomingMessage, limit = bodyLimit): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > limit) throw new BodyTooLarge();
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** A request like the first, whose body has been read and is known to be short enough. */
export function withBody(request: IncomingMessage, body: Buffer): IncomingMessage {
  const copy = new IncomingMessage(request.socket);
  copy.method = request.method;
  copy.url = request.url;
  copy.httpVersion = request.httpVersion;
  copy.httpVersionMajor = request.httpVersionMajor;
  copy.httpVersionMinor = request.httpVersionMinor;
  copy.headers = { ...request.headers, "content-length": String(body.length) };
  delete copy.headers["transfer-encoding"];
  copy.complete = true;
  copy.push(body);
  copy.push(null);
  return copy;
}
