import type { IncomingHttpHeaders } from "node:http";

/**
 * Headers that only we, Next itself or a platform that Next knows may set. The router in the browser sends `rsc`,
 * `next-router-*`, `next-url` and `next-action`; those stay.
 */
const inner =
  /^(?:x-middleware-|x-nextjs-|x-next-|x-bailiwick-|x-forwarded|x-invoke-|x-vercel-|x-action-|x-prerender-|x-original-|x-rewrite-|x-http-method)/;
const innerNames = new Set([
  "content-security-policy",
  "content-security-policy-report-only",
  "forwarded",
  "next-resume",
  "x-client-ip",
  "x-matched-path",
  "x-nonce",
  "x-now-route-matches",
  "x-real-ip",
]);

export function removeInnerHeaders(headers: IncomingHttpHeaders): void {
  for (const name of Object.keys(headers)) {
    if (inner.test(name) || innerNames.has(name)) delete headers[name];
  }
}

/** What pages may rely on, because nobody outside can send it. */
export interface Facts {
  requestId: string;
  /** Path and query of the page, without what the router in the browser adds. */
  path: string;
  address: string;
  scheme: "http" | "https";
  /** Our own origin as the browser sees it. */
  origin: string;
  nonce: string;
  policy: string;
  /** Proves to ourselves that a request is Next's own, sent on behalf of the one that carried it. */
  passport: string;
}

export function addFacts(headers: IncomingHttpHeaders, facts: Facts): void {
  headers["content-security-policy"] = facts.policy;
  headers["x-nonce"] = facts.nonce;
  headers["x-bailiwick-request-id"] = facts.requestId;
  headers["x-bailiwick-path"] = facts.path;
  headers["x-bailiwick-address"] = facts.address;
  headers["x-bailiwick-proto"] = facts.scheme;
  headers["x-bailiwick-origin"] = facts.origin;
  headers["x-bailiwick-passport"] = facts.passport;
  headers["x-forwarded-for"] = facts.address;
  headers["x-forwarded-proto"] = facts.scheme;
  headers["x-forwarded-host"] = new URL(facts.origin).host;
}
