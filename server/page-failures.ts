import type { ServerResponse } from "node:http";
import { logBug } from "#lib/kernel/log.ts";
import { type Failure, failureOf, watchRequest } from "#lib/kernel/request-failure.ts";
import { beforeAnswer } from "./before-answer.ts";
import { type FailedRequest, failureAnswer, isApi, isScripted } from "./failure-answer.ts";

/**
 * Next answers a page that failed with an empty one, to be filled in by scripts, and a form with two bare words. Both
 * get a page in words; a page that came about in spite of a failure, such as a form with what was typed, its status.
 */
export function answerFailures(
  failed: FailedRequest,
  { response, requestId, dev }: { response: ServerResponse; requestId: string; dev?: boolean | undefined },
): void {
  response.once("close", watchRequest(requestId));
  if (isScripted(failed.request)) return;
  beforeAnswer(response, (status) => {
    const failure = failureOf(requestId) ?? (status === 500 && !dev ? unknown(requestId) : undefined);
    if (!failure) return status;
    if (status >= 500 || isApi(failed.url))
      return dev && failure.status === 500 ? status : failureAnswer(failure, failed);
    if (status !== 200) return status;
    if (failure.status === 503) response.setHeader("retry-after", String(failure.retryAfter));
    return failure.status;
  });
}

/** Next failed before it got to a page, and told nobody. */
function unknown(requestId: string): Failure {
  const error = new Error("Next answered 500 and did not say why");
  return { status: 500, reference: logBug(error, "page", { requestId }) };
}
