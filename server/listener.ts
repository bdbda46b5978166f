import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { type Caller, stranger } from "#lib/kernel/caller.ts";
import { knownCaller } from "#lib/kernel/known-callers.ts";
import { logBug } from "#lib/kernel/log.ts";
import { originOf } from "#lib/kernel/origin.ts";
import { outageOf } from "#lib/kernel/request-failure.ts";
import { browserCaller, browsersCookie, secretsIn } from "#lib/known-browsers/index.ts";
import { sessionCookie } from "#lib/sessions/index.ts";
import { RequestAborted } from "./arriving-body.ts";
import { bearerToken } from "./bearer-token.ts";
import { BodyTooLarge, hasBody, withBody } from "./body-limit.ts";
import { forbidStoring } from "./cache-control.ts";
import { type Client, clientReader } from "./client-address.ts";
import { readCookie } from "./cookies.ts";
import type { Door } from "./doors.ts";
import { type FailedRequest, failureAnswer } from "./failure-answer.ts";
import { noteForeignOrigin } from "./foreign-origin.ts";
import { pageBody } from "./page-body.ts";
import { answerFailures } from "./page-failures.ts";
import { sendProblem } from "./problem.ts";
import { addFacts, removeInnerHeaders } from "./request-headers.ts";
import { readTarget } from "./request-target.ts";
import { inTurn } from "./request-turns.ts";
import { mayAct } from "./same-origin.ts";
import { contentSecurityPolicy, newNonce, securityHeaders } from "./security-headers.ts";

export interface ListenerOptions {
  doors: Door[];
  pages: RequestListener;
  /** Whether this path has to lead to the set-up page. */
  leadsToSetup: (path: string) => Promise<boolean>;
  /** Whether a live session has this token. */
  isLiveSession: (token: string, at: Date) => Promise<boolean>;
  trustedProxies: string[];
  publicUrl: string | undefined;
  dev?: boolean;
}

/** A request of which it is known who asks for what. */
interface Asked {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  nonce: string;
  policy: string;
  requestId: string;
  client: Client;
  origin: string;
  secure: boolean;
}

const known = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** Pages that Next keeps for itself, such as the one for errors, and its reader of images, which no page of ours uses. */
const nobodys = /^\/(?:_|%5f)(?!_nextjs|next\/(?!image$))/i;
const forPages = new Set(["GET", "HEAD", "POST"]);

/** One way in for every request: headers first, then the API doors, then the pages. */
export function createListener(options: ListenerOptions): RequestListener {
  const readClient = clientReader(options.trustedProxies);
  const publicOrigin = options.publicUrl === undefined ? undefined : new URL(options.publicUrl);
  const passport = randomBytes(24).toString("base64url");

  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    readable: (request: FailedRequest) => void,
  ) => {
    const nonce = newNonce();
    const policy = contentSecurityPolicy(nonce, options.dev);
    const requestId = randomBytes(8).toString("hex");
    const client = clientOf(request);
    const url = readTarget(request.url);
    const asksHealth = url !== undefined && isHealth(url);
    // Load balancers ask for health by address, or as HAProxy does in HTTP/1.0, for which a host need not be named.
    const anyOrigin = asksHealth ? url.origin : undefined;
    const origin = publicOrigin?.origin ?? originOf(client.scheme, client.host) ?? anyOrigin;
    const secure = publicOrigin?.protocol === "https:" || client.scheme === "https";
    if (url) readable({ request, url, nonce });
    response.setHeaders(new Map(Object.entries(securityHeaders({ policy, secure }))));
    forbidStoring(response, url?.pathname ?? "");

    if (!known.has(request.method ?? "")) return refuseMethod(response, known);
    if (!url || !origin) return sendProblem(response, 400);

    // Next must see the path that was judged here, without dots to resolve.
    request.url = url.pathname + url.search;
    removeInnerHeaders(request.headers);
    const asked: Asked = { request, response, url, nonce, policy, requestId, client, origin, secure };
    // Health answers whatever waits. What Next asks of itself belongs to a request that has its turn.
    if (asksHealth || client.isNext) return judge(asked);
    const caller = callerOf(asked);
    await inTurn({ request, response, path: url.pathname }, caller, () => judge(asked));
  };

  const judge = async ({
    request,
    response,
    url,
    nonce,
    policy,
    requestId,
    client,
    origin,
    secure,
  }: Asked) => {
    for (const door of options.doors) {
      if (await door({ request, response, url, address: client.address, origin, secure, requestId })) return;
    }
    if (!forPages.has(request.method ?? "")) return refuseMethod(response, forPages);
    if (!mayAct(request, origin)) {
      noteForeignOrigin(client.address, { requestId, path: url.pathname, origin: request.headers.origin });
      return sendProblem(response, 403, "This request did not come from this site.");
    }
    if (nobodys.test(url.pathname)) return sendProblem(response, 404);
    if (await options.leadsToSetup(url.pathname)) {
      // What went wrong at an identity provider is said there instead.
      const said = url.pathname === "/sign-in" ? url.search : "";
      response.writeHead(303, { location: `/setup${said}` });
      response.end();
      return;
    }
    const scheme = secure ? "https" : client.scheme;
    addFacts(request.headers, {
      requestId,
      path: pagePath(url),
      address: client.address,
      scheme,
      origin,
      nonce,
      policy,
      passport,
    });
    const ofTools = options.dev && url.pathname.startsWith("/__nextjs");
    if (ofTools) return options.pages(request, response);
    const answering = { response, requestId, dev: options.dev };
    if (request.method !== "POST") {
      if (hasBody(request)) return sendProblem(response, 400);
      answerFailures({ request, url, nonce }, answering);
      return options.pages(request, response);
    }
    const hasSession = async () => {
      const token = readCookie(request, sessionCookie(secure).name);
      return token !== undefined && token !== "" && options.isLiveSession(token, new Date());
    };
    const sent = await pageBody(request, url.pathname, hasSession);
    if (!sent) return sendProblem(response, 400);
    // addFacts wrote on these headers, so the copy has them too.
    const rewritten = withBody(request, sent.body, sent.type);
    answerFailures({ request: rewritten, url, nonce, body: sent.body }, answering);
    return options.pages(rewritten, response);
  };

  /** A request that Next sends to itself, after an action redirected, stands for the one that it came from. */
  const clientOf = (request: IncomingMessage): Client & { isNext?: boolean } => {
    const { headers } = request;
    const own = headers["x-bailiwick-passport"];
    if (typeof own !== "string" || !isEqual(own, passport)) return readClient(request);
    const sent = new URL(String(headers["x-bailiwick-origin"]));
    return {
      address: String(headers["x-bailiwick-address"]),
      scheme: sent.protocol === "https:" ? "https" : "http",
      host: sent.host,
      isNext: true,
    };
  };

  return (request, response) => {
    let failed: FailedRequest | undefined;
    const readable = (found: FailedRequest) => {
      failed = found;
    };
    answer(request, response, readable).catch(async (error) => {
      if (error instanceof BodyTooLarge) return sendProblem(response, 413, error.most);
      if (error instanceof RequestAborted) return;
      const failure = outageOf(error) ?? { status: 500, reference: logBug(error, "listener") };
      if (!failed || response.headersSent) return sendProblem(response, failure.status);
      const { status, headers, body } = await failureAnswer(failure, failed);
      response.writeHead(status, headers);
      response.end(body);
    });
  };
}

function refuseMethod(response: ServerResponse, allowed: Set<string>): void {
  response.setHeader("allow", [...allowed].join(", "));
  sendProblem(response, 405);
}

/** Of as many bytes, not letters: a header may have any. */
function isEqual(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

const isHealth = ({ pathname }: URL): boolean =>
  pathname === "/api/health" || pathname === "/api/health/ready";

/** Whose place in the line this is: that of a session or token which was live not long ago, of a browser or of an address. */
function callerOf({ request, client, secure }: Asked): Caller {
  return (
    knownCaller(readCookie(request, sessionCookie(secure).name)) ??
    knownCaller(bearerToken(request)) ??
    browserCaller(secretsIn(readCookie(request, browsersCookie(secure).name))) ??
    stranger(client)
  );
}

function pagePath(url: URL): string {
  const query = new URLSearchParams(url.search);
  query.delete("_rsc");
  return query.size > 0 ? `${url.pathname}?${query}` : url.pathname;
}
