import { unstable_rethrow } from "next/navigation";
import { type AppError, isRefusal } from "#lib/kernel/errors.ts";
import { logBug, referenceFor } from "#lib/kernel/log.ts";
import { failureOf, noteFailure, outageOf } from "#lib/kernel/request-failure.ts";
import type { FormState } from "./form-state.ts";
import type { RequestFacts } from "./request.ts";

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
 * Next's own signals (redirect, not found) and outages have a digest already and pass unchanged.
 */
export function withReference(error: unknown): Error {
  const bug = error instanceof Error ? error : new Error(String(error));
  return "digest" in bug ? bug : Object.assign(bug, { digest: referenceFor(bug) });
}

/**
 * Logs one failed request and tells the listener, which may have to answer in place of the page. The same error is
 * logged once, however many parts of a page met it; an outage was logged where it was met.
 * @returns the reference to show, nothing for an outage
 */
export function logFailure(error: unknown, request: FailedRequest): string | undefined {
  const outage = outageOf(error);
  if (outage) {
    noteFailure(request.requestId, outage);
    return undefined;
  }
  const bug = withReference(error);
  const { digest } = bug as Error & { digest: string };
  const noted = failureOf(request.requestId);
  // The browser's half of a page meets the error of the server's half again, as another one with the same digest.
  if (noted?.status === 500 && noted.reference === digest) return digest;
  const reference = logBug(bug, request.where, request);
  noteFailure(request.requestId, { status: 500, reference });
  return reference;
}

/** For an entry point that answers refusals by itself. */
export function logUnlessRefusal(error: unknown, request: FailedRequest): void {
  if (!isRefusal(error)) logFailure(error, request);
}

/** What an action answers when it failed: an outage in its own words, a bug by its reference. */
export function failedState(
  error: unknown,
  { path, requestId }: Pick<RequestFacts, "path" | "requestId">,
): FormState {
  unstable_rethrow(error);
  const route = path.split("?", 1)[0] ?? "/";
  const reference = logFailure(error, { where: "action", route, method: "POST", requestId });
  if (reference === undefined) {
    const { reason, message, details } = error as AppError;
    return { status: "error", reason, message, details };
  }
  const message = `Something went wrong (reference ${reference}).`;
  return { status: "error", reason: "bug", message, details: { reference } };
}
