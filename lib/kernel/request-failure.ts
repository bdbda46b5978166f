import { AppError } from "./errors.ts";
import { once } from "./registry.ts";

/** Why a request could not be answered: an outage, or a bug with the reference that leads to it in the log. */
export type Failure =
  | { status: 503; reason: string; retryAfter: number }
  | { status: 500; reference: string };

const retryAfter = 5;

const watched = () => once("request failures", () => new Map<unknown, Failure | undefined>());

/** From here on failures of this request are kept for the listener, until it says that the request is over. */
export function watchRequest(requestId: string): () => void {
  watched().set(requestId, undefined);
  return () => void watched().delete(requestId);
}

/** Tells the listener that this request failed. The first failure counts; a request that is over has none. */
export function noteFailure(requestId: unknown, failure: Failure): void {
  if (watched().has(requestId) && !watched().get(requestId)) watched().set(requestId, failure);
}

export const failureOf = (requestId: unknown): Failure | undefined => watched().get(requestId);

/** The outage that this error stands for, if it does. */
export function outageOf(error: unknown): Failure | undefined {
  if (!(error instanceof AppError) || error.code !== "unavailable") return undefined;
  const seconds = error.details.retryAfter;
  return {
    status: 503,
    reason: error.reason,
    retryAfter: typeof seconds === "number" ? seconds : retryAfter,
  };
}
