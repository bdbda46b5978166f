import { createHash } from "node:crypto";
import { RateLimiterPrisma, RateLimiterRes } from "rate-limiter-flexible";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { registry } from "#lib/kernel/registry.ts";
import { type LimitName, limits } from "./limits.ts";

/** Counters live in the database: every instance shares them and a restart forgets none. */
function limiter(name: LimitName): RateLimiterPrisma {
  const slot = `limiter:${name}`;
  const { slots } = registry();
  if (!slots.has(slot)) {
    slots.set(
      slot,
      new RateLimiterPrisma({
        storeClient: database(),
        tableName: "rateLimit",
        keyPrefix: name,
        // lib/housekeeping sweeps expired rows.
        clearExpiredByTimeout: false,
        ...limits[name],
      }),
    );
  }
  return slots.get(slot) as RateLimiterPrisma;
}

/** Keys are hashes: what people type into the name field, at times their password, is not kept. */
export const counterKey = (...parts: string[]) =>
  createHash("sha256").update(JSON.stringify(parts)).digest("base64url");

/**
 * Takes one turn before the work is done, so that a hundred at once are a hundred turns.
 * A limiter that cannot answer refuses: its error goes up.
 */
export async function consume(name: LimitName, key: string, what: string): Promise<void> {
  try {
    await limiter(name).consume(key);
  } catch (error) {
    if (error instanceof RateLimiterRes) throw tooMany(what, error.msBeforeNext);
    throw error;
  }
}

export async function forget(name: LimitName, key: string): Promise<void> {
  await limiter(name).delete(key);
}

/** Takes back a turn that turned out to be no guess: a hundred people behind one address may all sign in. */
export async function giveBack(name: LimitName, key: string): Promise<void> {
  await limiter(name).reward(key);
}
/** The key of a counter's row, for a transaction that changes it with something else. */
export const rowKey = (name: LimitName, key: string) => `${name}:${key}`;

/** One turn of this address at something that anybody may try. */
export function takeTurn(name: LimitName, call: Call): Promise<void> {
  return consume(name, counterKey(call.address ?? "unknown"), "attempts");
}

/** Takes back a turn of this address that led somewhere. */
export function giveTurnBack(name: LimitName, call: Call): Promise<void> {
  return giveBack(name, counterKey(call.address ?? "unknown"));
}

/** One turn at an account, from wherever it comes. */
export function takeTurnOf(name: LimitName, userId: string, what: string): Promise<void> {
  return consume(name, counterKey(userId), what);
}

export function forgetTurns(name: LimitName, userId: string): Promise<void> {
  return forget(name, counterKey(userId));
}

function tooMany(what: string, milliseconds: number): AppError {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return new AppError("rate_limited", "too_many_attempts", `Too many ${what}. Try again in ${wait}.`, {
    details: { retryAfter: seconds },
  });
}
