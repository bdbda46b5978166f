import type { ServerResponse } from "node:http";
import type { Call } from "#lib/kernel/call.ts";
import { isRefusal } from "#lib/kernel/errors.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { backchannelLogoutPath, endSessionsByProvider } from "#lib/sign-out/index.ts";
import { bodyLimits } from "./body-limit.ts";
import type { Door, DoorRequest } from "./doors.ts";
import { sendProblem } from "./problem.ts";
import { isUrlEncoded, sentValues } from "./url-encoded.ts";

const prefix = backchannelLogoutPath("");

/**
 * OpenID Connect Back-Channel Logout 1.0: the provider itself posts a logout token here. No browser takes part, so no
 * cookie is read, and the page doors' rule that a form comes from this site does not hold.
 */
export const logoutDoor: Door = async (door) => {
  const { request, response, url } = door;
  if (!url.pathname.startsWith(prefix)) return false;
  const provider = url.pathname.slice(prefix.length);
  if (!/^[a-z0-9-]{1,40}$/.test(provider)) sendProblem(response, 404);
  else if (request.method !== "POST") {
    response.setHeader("allow", "POST");
    sendProblem(response, 405);
  } else await receive(door, provider);
  return true;
};

async function receive(door: DoorRequest, provider: string): Promise<void> {
  const { request, response } = door;
  const { bytes } = bodyLimits.logoutToken;
  const sent = isUrlEncoded(request) ? await sentValues(request, bytes, "logout_token") : [];
  if (sent.length !== 1) return refuse(response, 400, "There has to be one logout_token, in a form.");
  try {
    await runCommand(endSessionsByProvider, callOf(door), { provider, token: sent[0] });
    response.writeHead(200, { "content-length": 0 });
    response.end();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (error.code !== "rate_limited") return refuse(response, 400, "The logout token was not accepted.");
    response.setHeader("retry-after", String(error.details.retryAfter));
    refuse(response, 429, "Too many logout tokens that were not accepted.");
  }
}

function callOf({ request, address, requestId }: DoorRequest): Call {
  const agent = request.headers["user-agent"];
  return {
    actor: { kind: "system", name: "single sign-on" },
    door: "api",
    at: new Date(),
    address,
    agent,
    requestId,
  };
}

/** The same words for whatever was wrong with a token: a stranger learns nothing from them. */
function refuse(response: ServerResponse, status: number, error_description: string): void {
  const body = `${JSON.stringify({ error: "invalid_request", error_description })}\n`;
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}
