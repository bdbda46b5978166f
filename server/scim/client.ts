import type { IncomingMessage } from "node:http";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Call } from "#lib/kernel/call.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { requireAdmission } from "#lib/kernel/operation.ts";
import { loadClient, provisionUser } from "#lib/scim/index.ts";
import type { DoorRequest } from "#server/doors.ts";

/** Entra sends up to 25 requests a second; a client that runs wild leaves the rest of the console its database. */
const requests = new RateLimiterMemory({ points: 3000, duration: 60 });
/** A token has 256 bits, so this is no guard against guessing: it keeps strangers from filling the trail. */
const failures = new RateLimiterMemory({ points: 20, duration: 15 * 60 });

/** The request of whoever holds the token that came with it. Without a good one it ends here, with a row in the trail. */
export async function clientCall({ request, address, requestId, origin }: DoorRequest): Promise<Call> {
  const at = new Date();
  const agent = request.headers["user-agent"];
  const seen = { door: "api" as const, at, address, agent, requestId, origin };
  const token = tokenOf(request);
  const actor = token === undefined ? ({ kind: "anonymous" } as const) : await loadClient(token, at);
  if (actor.kind === "client") {
    await take(requests, actor.id, "Too many requests.");
    return { ...seen, actor };
  }
  await take(failures, address, "Too many requests with a token that is not valid.");
  await requireAdmission(provisionUser, { ...seen, actor });
  throw new Error("somebody without a token was admitted");
}

/** The token of the Authorization header. Anything that is no bearer token is none. */
const tokenOf = ({ headers }: IncomingMessage): string | undefined =>
  /^Bearer +([\w.~+/=-]{1,200})$/i.exec(headers.authorization ?? "")?.[1];

async function take(limiter: RateLimiterMemory, key: string, message: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const retryAfter = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw new AppError(
      "rate_limited",
      "too_many_requests",
      `${message} Try again in ${retryAfter} seconds.`,
      {
        details: { retryAfter },
      },
    );
  }
}
