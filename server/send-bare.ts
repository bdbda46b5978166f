import type { ServerResponse } from "node:http";
import { forbidStoring } from "./cache-control.ts";
import { sendProblem } from "./problem.ts";
import { contentSecurityPolicy, newNonce, securityHeaders } from "./security-headers.ts";

/** Protects what is answered without the listener, which knows more about the request. */
export function protect(response: ServerResponse): void {
  const headers = securityHeaders({ policy: contentSecurityPolicy(newNonce()), secure: false });
  response.setHeaders(new Map(Object.entries(headers)));
  forbidStoring(response, "");
}

/** Refuses a request without looking at what it asks for. */
export function sendBare(response: ServerResponse, status: number, detail?: string): void {
  protect(response);
  if (status === 503) response.setHeader("retry-after", "2");
  sendProblem(response, status, detail);
}
