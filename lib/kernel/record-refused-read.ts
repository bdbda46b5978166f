import type { Call } from "./call.ts";
import type { AppError } from "./errors.ts";
import { recordRefusal } from "./record-refusal.ts";
import { once } from "./registry.ts";

/** Refusals that only lead through another page first. */
const onTheWay = new Set(["proof_required", "second_factor_required"]);

/** How many requests are remembered: those that are under way. */
const atOnce = 500;

/**
 * Somebody who is signed in tried to see what they may not. The parts of one page ask for the same thing, some of them
 * twice: that is one attempt. A stranger is only on the way to the sign-in page.
 */
export async function recordRefusedRead(action: string, call: Call, error: AppError): Promise<void> {
  if (error.code !== "forbidden" || call.actor.kind === "anonymous" || onTheWay.has(error.reason)) return;
  if (isKnown(action, call)) return;
  await recordRefusal({ call, action, reason: error.reason, target: undefined });
}

function isKnown(action: string, { requestId }: Call): boolean {
  if (requestId === undefined) return false;
  const seen = once("refused reads", () => new Set<string>());
  const attempt = `${requestId} ${action}`;
  if (seen.has(attempt)) return true;
  for (const oldest of seen) {
    if (seen.size < atOnce) break;
    seen.delete(oldest);
  }
  seen.add(attempt);
  return false;
}
