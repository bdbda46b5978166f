import type { ServerResponse } from "node:http";
import { can } from "#lib/kernel/actor.ts";
import type { Call } from "#lib/kernel/call.ts";
import { isRefusal } from "#lib/kernel/errors.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { browsersCookie, secretsIn, withSecret } from "#lib/known-browsers/index.ts";
import { slugSchema } from "#lib/providers/index.ts";
import {
  acceptSamlResponse,
  expectSamlResponse,
  ownMetadata,
  ownOrigin,
  redeemSamlTicket,
  samlCookie,
  samlPaths,
  startSamlSignIn,
} from "#lib/saml/index.ts";
import { cookieLifetime, loadActor, sessionCookie } from "#lib/sessions/index.ts";
import { bodyLimits } from "./body-limit.ts";
import { readCookie, setCookie } from "./cookies.ts";
import type { Door, DoorRequest } from "./doors.ts";
import { sendProblem } from "./problem.ts";
import { failedTest, samlEnds } from "./saml-ends.ts";
import { isUrlEncoded, sentValues } from "./url-encoded.ts";

type Step = (door: DoorRequest, provider: string, call: Call) => Promise<void>;

/**
 * The four doors of a SAML sign-in. They stand in front of the pages, because the provider's answer is a form that
 * another site posts: from there no cookie of ours comes along, and pages refuse what other sites send.
 * So the answer is judged on its own (acs), and only a GET that our own redirect leads to, and that brings the cookie
 * which the browser got at the start, signs anybody in (finish).
 */
export const samlDoor: Door = async (door) => {
  const { request, response, url } = door;
  if (!url.pathname.startsWith("/api/auth/saml/")) return false;
  const [, provider = "", name = ""] = /^\/api\/auth\/saml\/([^/]+)\/([a-z]+)$/.exec(url.pathname) ?? [];
  const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
  if (!step || !slugSchema.safeParse(provider).success) {
    sendProblem(response, 404);
    return true;
  }
  if (request.method !== step.method) {
    response.setHeader("allow", step.method);
    sendProblem(response, 405);
    return true;
  }
  try {
    await step.take(door, provider, callOf(door));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const { reason: problem } = error;
    if (name === "acs") goTo(response, `${samlPaths(provider).finish}?${new URLSearchParams({ problem })}`);
    else await showProblem(door, provider, problem);
  }
  return true;
};

function callOf({ request, address, requestId, origin, secure }: DoorRequest): Call {
  const agent = request.headers["user-agent"];
  const browsers = secretsIn(readCookie(request, browsersCookie(secure).name));
  const facts = { at: new Date(), address, agent, requestId, origin, browsers };
  return { actor: { kind: "anonymous" }, door: "page", ...facts };
}

const metadata: Step = async ({ response }, provider, { origin }) => {
  const body = ownMetadata(ownOrigin(origin), provider);
  response.writeHead(200, { "content-type": "application/samlmetadata+xml; charset=utf-8" });
  response.end(body);
};

const start: Step = async ({ response, url, secure }, provider, call) => {
  const next = url.searchParams.get("next") ?? "/";
  const started = await runCommand(startSamlSignIn, call, { provider, next });
  const { name, options } = samlCookie(secure);
  setCookie(response, name, started.browser.token, { ...options, maxAge: started.browser.seconds });
  goTo(response, started.url);
};

const acs: Step = async ({ request, response }, provider, call) => {
  if (!isUrlEncoded(request)) return sendProblem(response, 400, "A SAML response comes as a form.");
  await runQuery(expectSamlResponse, call, { provider });
  const sent = await sentValues(request, bodyLimits.samlAnswer.bytes, "SAMLResponse");
  if (sent.length !== 1) return sendProblem(response, 400, "There has to be one SAMLResponse.");
  const { ticket } = await runCommand(acceptSamlResponse, call, { provider, response: sent[0] });
  goTo(response, `${samlPaths(provider).finish}?${new URLSearchParams({ ticket })}`);
};

const finish: Step = async (door, provider, anonymous) => {
  const { request, response, url, secure } = door;
  const problem = url.searchParams.get("problem");
  if (problem !== null) return showProblem(door, provider, problem);
  const own = sessionCookie(secure);
  const call = await signedInCall(door, anonymous);
  const { name, options } = samlCookie(secure);
  const redeemed = await runCommand(redeemSamlTicket, call, {
    ticket: url.searchParams.get("ticket") ?? "",
    browser: readCookie(request, name),
  });
  const { token, browser, path } = await samlEnds(call, redeemed);
  setCookie(response, name, "", { ...options, maxAge: 0 });
  if (token) setCookie(response, own.name, token, { ...own.options, maxAge: cookieLifetime });
  if (browser) keepBrowserSecret(response, secure, withSecret(call.browsers ?? [], browser));
  goTo(response, path);
};

function keepBrowserSecret(response: ServerResponse, secure: boolean, value: string): void {
  const { name, options } = browsersCookie(secure);
  setCookie(response, name, value, options);
}

const steps: Record<string, { method: string; take: Step }> = {
  metadata: { method: "GET", take: metadata },
  start: { method: "GET", take: start },
  acs: { method: "POST", take: acs },
  finish: { method: "GET", take: finish },
};
export const samlSteps: readonly string[] = Object.keys(steps);

async function signedInCall({ request, secure }: DoorRequest, anonymous: Call): Promise<Call> {
  const token = readCookie(request, sessionCookie(secure).name);
  return token ? { ...anonymous, actor: await loadActor(token, anonymous.at) } : anonymous;
}

const pages = new Map([
  ["connect", "/account/connections"],
  ["confirm", "/account/confirm"],
]);

/** On the page that the person left from; the cookie says which, and does not come along to acs. */
async function showProblem(door: DoorRequest, provider: string, problem: string): Promise<void> {
  const { request, response, secure } = door;
  const [purpose = ""] = (readCookie(request, samlCookie(secure).name) ?? "").split(".");
  const call = await signedInCall(door, callOf(door));
  if (purpose === "test" && can(call.actor, "manageSettings", call.at.getTime()))
    return goTo(response, await failedTest(call, provider, problem));
  const page = pages.get(purpose) ?? "/sign-in";
  goTo(response, `${page}?${new URLSearchParams({ problem, provider })}`);
}

function goTo(response: ServerResponse, location: string): void {
  response.writeHead(303, { location });
  response.end();
}
