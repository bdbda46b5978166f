import type { IncomingMessage } from "node:http";
import type { Failure } from "#lib/kernel/request-failure.ts";
import type { OwnAnswer } from "./before-answer.ts";
import { readCookie } from "./cookies.ts";
import { failurePage } from "./failure-page.ts";
import { problemBody } from "./problem.ts";
import { readSentForm } from "./sent-form.ts";

export interface FailedRequest {
  request: IncomingMessage;
  url: URL;
  nonce: string;
  /** Of a form that was sent without scripts. */
  body?: Buffer | undefined;
}

/** A page in words for people, problem+json for programs; when to come back for both. */
export async function failureAnswer(failure: Failure, failed: FailedRequest): Promise<OwnAnswer> {
  const { request, url, nonce, body } = failed;
  const text = wantsPage(failed)
    ? failurePage({
        failure,
        path: url.pathname + url.search,
        nonce,
        theme: readCookie(request, "theme"),
        form: body && (await readSentForm(body, request.headers["content-type"] ?? "", url.searchParams)),
      })
    : problemBody(failure.status, detailOf(failure));
  return {
    status: failure.status,
    headers: {
      "content-type": wantsPage(failed) ? "text/html; charset=utf-8" : "application/problem+json",
      "content-length": Buffer.byteLength(text),
      ...(failure.status === 503 && { "retry-after": String(failure.retryAfter) }),
    },
    body: request.method === "HEAD" ? undefined : text,
  };
}

const detailOf = (failure: Failure): string =>
  failure.status === 503 ? `Reason ${failure.reason}.` : `Reference ${failure.reference}.`;

/** Whether a script of our own pages asks, which shows what went wrong itself. */
export const isScripted = ({ headers }: IncomingMessage): boolean =>
  headers.rsc !== undefined || headers["next-action"] !== undefined;

/** Programs ask under /api or do not say that they take HTML there; elsewhere only our own scripts are no people. */
function wantsPage({ request, url }: FailedRequest): boolean {
  if (isScripted(request)) return false;
  return !isApi(url) || /\btext\/html\b/i.test(request.headers.accept ?? "");
}

export const isApi = (url: URL): boolean => /^\/(?:api|scim)(?:\/|$)/i.test(url.pathname);
