import { IncomingMessage } from "node:http";
import { mostFields } from "#lib/kernel/most-fields.ts";
import { ArrivingBody } from "./arriving-body.ts";

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

/** Whether the headers say that a body follows. */
export const hasBody = ({ headers }: Pick<IncomingMessage, "headers">): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) !== 0;

/** Whether it is more than a form has, or may be. After such a body the connection ends, so that none is read in vain. */
export const isLong = ({ headers }: Pick<IncomingMessage, "headers">): boolean =>
  headers["transfer-encoding"] !== undefined ||
  Number(headers["content-length"] ?? 0) > bodyLimits.stranger.bytes;

/** Whether it is said to be more than any form has. */
export const isUpload = ({ headers }: Pick<IncomingMessage, "headers">): boolean =>
  Number(headers["content-length"] ?? 0) > bodyLimits.signedIn.bytes;

/** A body that somebody may ask for. */
interface Expected {
  body: ArrivingBody;
  /** As `ArrivingBody.come`, where nothing is held that others need. */
  outside: (most: number) => Promise<boolean>;
  parsed: () => void;
  /** Fulfilled when it was parsed, or nobody will do so any more. */
  forgotten: Promise<void>;
}
const expected = new WeakMap<IncomingMessage, Expected>();

/** Says how the body of this request is read when somebody asks for it. */
export const expectBody = (request: IncomingMessage, how: Expected): void => void expected.set(request, how);

/**
 * The whole body, when it is its turn to be read (`bodyParsed` ends that turn), or BodyTooLarge as soon as it is, or says that it
 * is, longer than the limit.
 * @param raised asked when the limit does not do: the limit that holds for whoever this is
 * @throws BodyTooLarge; RequestAborted; AppError unavailable, reason busy
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
  raised: () => Promise<number> = async () => limit,
): Promise<Buffer> {
  const { body, outside } = expected.get(request) ?? alone(request);
  const declared = Number(request.headers["content-length"] ?? 0);
  let most = limit;
  for (;;) {
    if (declared <= most && (await (body.isHere ? body.come(most) : outside(most)))) return body.bytes;
    const more = await raised();
    if (more <= most) throw new BodyTooLarge(most);
    most = more;
  }
}

/** Of a request that has no turn. */
function alone(request: IncomingMessage): Pick<Expected, "body" | "outside"> {
  const body = new ArrivingBody(request);
  return { body, outside: (most) => body.come(most) };
}

/** Says that the body of this request was parsed: it is not kept any longer, and the next one may be read. */
export const bodyParsed = (request: IncomingMessage): void => expected.get(request)?.parsed();

/** A request like the first, whose body has been read: it is parsed when this one has been read to its end. */
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
  copy.once("end", () => bodyParsed(request));
  // What nobody reads would be kept with the answer.
  void expected.get(request)?.forgotten.then(() => copy.resume());
  return copy;
}
