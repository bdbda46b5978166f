import { availableParallelism } from "node:os";
import type { Caller } from "./caller.ts";
import { patience, turnsAt } from "./turns.ts";

/** How many of the known may wait, and how many strangers, half of them of one caller: some seconds' worth of work. */
export const mostWaiting = 128;

/** One core stays free for everybody else's requests. */
export const mostAtOnce = (): number => Math.max(1, availableParallelism() - 1);

/**
 * Does work that takes the processor for more than some milliseconds, on purpose or by its nature (password hashes,
 * estimates, XML and its signatures): so many at once in this process, the others wait their turn.
 * Never call it from within such work, which would wait for itself, nor from a transaction, which holds a connection.
 * @throws AppError unavailable, reason busy, as every queue does
 */
export function dearWork<T>(caller: Caller, work: () => Promise<T>): Promise<T> {
  const limits = () => ({ atOnce: mostAtOnce(), waiting: mostWaiting, patience });
  return turnsAt("dear work", limits).run(caller, work);
}
