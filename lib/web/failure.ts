import { logBug, newReference } from "#lib/kernel/log.ts";

/** What failed, without the path as it was sent: its query may hold a one-time token. */
export interface FailedRequest {
  where: "page" | "action" | "route" | "proxy";
  /** Pattern of the route, such as `/settings/users`. */
  route: string;
  method: string;
  requestId: unknown;
}

/**
 * Gives a bug the reference that people are shown. Next sends `digest`, and nothing else of an error, to the browser,
 * and passes the error itself to `instrumentation.ts`, which logs it under the same reference.
 * Next's own signals (redirect, not found) have a digest already and pass unchanged.
 */
export function withReference(error: unknown): Error {
  const bug = error instanceof Error ? error : new Error(String(error));
  return "digest" in bug ? bug : Object.assign(bug, { digest: newReference() });
}

/** Logs one failed request; the same error is logged once, however many parts of a page met it. */
export function logFailure(error: unknown, request: FailedRequest): void {
  logBug(withReference(error), request.where, request);
}
