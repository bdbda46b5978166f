import type { IncomingMessage, ServerResponse } from "node:http";
import type { Health } from "./health.ts";
import { logoutDoor } from "./logout-door.ts";
import { sendHealthy, sendProblem } from "./problem.ts";
import { samlDoor } from "./saml-doors.ts";
import { scimDoor } from "./scim/door.ts";

export interface DoorRequest {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  address: string;
  /** Our own origin as the browser sees it. */
  origin: string;
  /** Whether the browser reached us over TLS. */
  secure: boolean;
  requestId: string;
}

/** Answers a request and says true, or says false and leaves it to the next door. */
export type Door = (call: DoorRequest) => boolean | Promise<boolean>;

/** What is answered without Next, in this order. REST and AuthZEN go between health and the closing refusal. */
export function apiDoors(health: Health): Door[] {
  return [newHealthDoor(health), samlDoor, logoutDoor, scimDoor, closedDoor];
}

function newHealthDoor(health: Health): Door {
  const healthDoor: Door = async ({ request, response, url }) => {
    if (url.pathname !== "/api/health" && url.pathname !== "/api/health/ready") return false;
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      sendProblem(response, 405);
      return true;
    }
    if (url.pathname === "/api/health/ready" && !(await health.ready())) {
      response.setHeader("retry-after", "5");
      sendProblem(response, 503);
      return true;
    }
    sendHealthy(response);
    return true;
  };
  return healthDoor;
}

/** PatchMon's callback, which an identity provider may know this console by. */
const formerCallback = "/api/v1/auth/oidc/callback";

/** Under /api only the sign-in routes are Next's. */
const closedDoor: Door = ({ response, url }) => {
  const { pathname } = url;
  if (!/^\/api(?:\/|$)/i.test(pathname) || pathname.startsWith("/api/auth/") || pathname === formerCallback)
    return false;
  sendProblem(response, 404);
  return true;
};
