import { IncomingMessage, type ServerResponse } from "node:http";
import { mostFields } from "#lib/kernel/most-fields.ts";

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/**
 * The most that each entry point reads of a request's body. Whoever is nobody yet gets as much as signing in and
 * signing up need; more is read of people with a live session and clients with a valid token. An import that is
 * written to disk as it comes would be an entry of its own here, since all of these are held in memory.
 */
export const bodyLimits = {
  /** Pages and the routes of next-auth, without a session. */
  stranger: { bytes: 32 * kibibyte, fields: 64 },
  /** The same with a live session. */
  signedIn: { bytes: mebibyte, fields: mostFields },
  /** SCIM, after the token was found to be valid: some ten thousand members of a group in one request. */
  provisioning: { bytes: 4 * mebibyte },
  /** A SAML response of 256 KiB in base64, escaped for a form. It comes without a session, and may name thousands of groups. */
  samlAnswer: { bytes: 512 * kibibyte },
  /** A logout token in a form: a JWT of a few claims, which comes from the provider itself. */
  logoutToken: { bytes: 32 * kibibyte },
};

export class BodyTooLarge extends Error {
  /** In words, for whoever sent it. */
  readonly most: string;
  constructor(bytes: number) {
    super("the body is too large");
    this.most = `The body may have at most ${bytes < mebibyte ? `${bytes / kibibyte} KiB` : `${bytes / mebibyte} MiB`}.`;
  }
}

/** The client went away before all of its request had come: nobody is left to answer. */
export class RequestAborted extends Error {}

/** Whether the headers say that a body follows. */
export const hasBody = ({ headers }: Pick<IncomingMessage, "headers">): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) !== 0;

/** What has been read of a body before anybody asked for it. */
const early = new WeakMap<IncomingMessage, Buffer[]>();

/**
 * Reads a body of at most so many bytes before its turn comes, so that whoever sends slowly holds none. A longer one is
 * left to `readBody`, which also judges what was read here.
 * @returns whether all of it is here
 */
export async function readEarly(request: IncomingMessage, limit: number): Promise<boolean> {
  if (!hasBody(request)) return true;
  if (Number(request.headers["content-length"] ?? 0) > limit) return false;
  const chunks: Buffer[] = [];
  early.set(request, chunks);
  let size = 0;
  for await (const chunk of chunksOf(request)) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit) return false;
  }
  return true;
}

async function* chunksOf(request: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw request.destroyed && !request.complete ? new RequestAborted() : error;
  }
}

/**
 * The whole body, or BodyTooLarge as soon as it is, or says that it is, longer than the limit.
 * @param raised asked when the limit does not do: the limit that holds for whoever this is
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
  raised: () => Promise<number> = async () => limit,
): Promise<Buffer> {
  let most = limit;
  const fits = async (size: number) => {
    if (size <= most) return;
    most = await raised();
    if (size > most) throw new BodyTooLarge(most);
  };
  await fits(Number(request.headers["content-length"] ?? 0));
  const chunks = early.get(request) ?? [];
  let size = chunks.reduce((sum, { length }) => sum + length, 0);
  await fits(size);
  if (!request.readableEnded)
    for await (const chunk of chunksOf(request)) {
      size += chunk.length;
      await fits(size);
      chunks.push(chunk);
    }
  return Buffer.concat(chunks);
}

/** A long body that nobody reads is cut off; a short one is let come, so that its sender sees the answer. */
export function closeUnread(response: ServerResponse): void {
  const { headers, complete } = response.req;
  const short =
    headers["transfer-encoding"] === undefined &&
    Number(headers["content-length"] ?? 0) <= bodyLimits.stranger.bytes;
  if (!complete && !short) response.setHeader("connection", "close");
}

/** A request like the first, whose body has been read. */
export function withBody(request: IncomingMessage, body: Buffer, type: string | undefined): IncomingMessage {
  const copy = new IncomingMessage(request.socket);
  copy.method = request.method;
  copy.url = request.url;
  copy.httpVersion = request.httpVersion;
  copy.httpVersionMajor = request.httpVersionMajor;
  copy.httpVersionMinor = request.httpVersionMinor;
  copy.headers = { ...request.headers, "content-length": String(body.length) };
  delete copy.headers["transfer-encoding"];
  if (type === undefined) delete copy.headers["content-type"];
  else copy.headers["content-type"] = type;
  copy.complete = true;
  copy.push(body);
  copy.push(null);
  return copy;
}
