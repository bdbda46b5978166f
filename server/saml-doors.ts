import type { ServerResponse } from "node:http";
import type { Call } from "#lib/kernel/call.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { slugSchema } from "#lib/providers/index.ts";
import {
  acceptSamlResponse,
  ownMetadata,
  ownOrigin,
  redeemSamlTicket,
  startSamlSignIn,
} from "#lib/saml/index.ts";
import { cookieLifetime, loadActor, sessionCookie } from "#lib/sessions/index.ts";
import { enterVouched } from "#lib/sso/index.ts";
import { readBody } from "./body-limit.ts";
import { readCookie, setCookie } from "./cookies.ts";
import type { Door, DoorRequest } from "./doors.ts";
import { sendProblem } from "./problem.ts";

/** A response of 256 KiB, in base64 and escaped for a form. */
const longestForm = 512 * 1024;

type Step = (door: DoorRequest, provider: string, call: Call) => Promise<void>;

/**
 * The four doors of a SAML sign-in. They stand in front of the pages, because the provider's answer is a form that
 * another site posts: from there no cookie of ours comes along, and pages refuse what other sites send.
 * So the answer is judged on its own (acs), and only a GET that our own redirect leads to, and that brings the cookie
 * which the browser got at the start, signs anybody in (finish).
 */
export const samlDoor: Door = async (door) => {
  const { request, response, url } = door;
  const found = /^\/api\/auth\/saml\/([^/]+)\/([a-z]+)$/.exec(url.pathname);
  if (!url.pathname.startsWith("/api/auth/saml/")) return false;
  const [, provider = "", name = ""] = found ?? [];
  const step = steps[name];
  if (!step || !slugSchema.safeParse(provider).success) {
    sendProblem(response, 404);
    return true;
  }
  if (request.method !== step.method) {
    response.setHeader("allow", step.method);
    sendProblem(response, 405);
    return true;
  }
  const { address, requestId, origin } = door;
  const agent = request.headers["user-agent"];
  const call: Call = {
    actor: { kind: "anonymous" },
    door: "page",
    at: new Date(),
    address,
    agent,
    requestId,
    origin,
  };
  try {
    await step.take(door, provider, call);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    goTo(response, `/sign-in?${new URLSearchParams({ error: error.reason })}`);
  }
  return true;
};

const metadata: Step = async ({ response }, provider, { origin }) => {
  const body = ownMetadata(ownOrigin(origin), provider);
  response.writeHead(200, { "content-type": "application/samlmetadata+xml; charset=utf-8" });
  response.end(body);
};

const start: Step = async ({ response, url, secure }, provider, call) => {
  const next = url.searchParams.get("next") ?? "/";
  const started = await runCommand(startSamlSignIn, call, { provider, next });
  const { name, options } = browserCookie(secure);
  const maxAge = Math.round((started.browser.expiresAt.getTime() - call.at.getTime()) / 1000);
  setCookie(response, name, started.browser.token, { ...options, maxAge });
  goTo(response, started.url);
};

const acs: Step = async ({ request, response }, provider, call) => {
  if (!/^application\/x-www-form-urlencoded(?:;|$)/i.test(request.headers["content-type"] ?? ""))
    return sendProblem(response, 400, "A SAML response comes as a form.");
  const form = new URLSearchParams((await readBody(request, longestForm)).toString("utf8"));
  const sent = form.getAll("SAMLResponse");
  if (sent.length !== 1) return sendProblem(response, 400, "There has to be one SAMLResponse.");
  const { ticket } = await runCommand(acceptSamlResponse, call, { provider, response: sent[0] });
  goTo(response, `/api/auth/saml/${provider}/finish?${new URLSearchParams({ ticket })}`);
};

const finish: Step = async ({ request, response, url, secure }, _provider, anonymous) => {
  const own = sessionCookie(secure);
  const token = readCookie(request, own.name);
  const call = token ? { ...anonymous, actor: await loadActor(token, anonymous.at) } : anonymous;
  const { name, options } = browserCookie(secure);
  const ticket = url.searchParams.get("ticket") ?? "";
  const { vouched, request: asked } = await runCommand(redeemSamlTicket, call, {
    ticket,
    browser: readCookie(request, name),
  });
  setCookie(response, name, "", { ...options, maxAge: 0 });
  const replaces = call.actor.kind === "user" ? call.actor.sessionId : undefined;
  const checked: Call = { ...call, actor: { kind: "system", name: "single sign-on" } };
  const session = await runCommand(enterVouched, checked, { ...vouched, replaces });
  setCookie(response, own.name, session.token, { ...own.options, maxAge: cookieLifetime });
  // The sign-in page alone judges where a path may lead, and lets whoever is signed in pass.
  const { next = "/" } = asked ?? {};
  goTo(response, next === "/" ? "/" : `/sign-in?${new URLSearchParams({ next })}`);
};

const steps: Record<string, { method: string; take: Step }> = {
  metadata: { method: "GET", take: metadata },
  start: { method: "GET", take: start },
  acs: { method: "POST", take: acs },
  finish: { method: "GET", take: finish },
};

/** Ties a sign-in to the browser that began it. Lax: it has to come along when the provider's answer leads back here. */
function browserCookie(secure: boolean) {
  return {
    name: secure ? "__Host-bailiwick-saml" : "bailiwick-saml",
    options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure },
  };
}

function goTo(response: ServerResponse, location: string): void {
  response.writeHead(303, { location });
  response.end();
}
