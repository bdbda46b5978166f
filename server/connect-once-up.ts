import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { isNotUpYet } from "./not-up-yet.ts";

export interface Wait {
  /** Milliseconds. */
  patience: number;
  /** Ends the waiting, with its reason. */
  signal?: AbortSignal | undefined;
}

const tryAgainAfter = 500;

/**
 * Connects a client that `make` makes. Where the database is not up yet, it goes on trying; `onWait` is told so once, with why.
 * Throws what the last try threw, and at once what no waiting mends, such as a wrong password.
 */
export async function connectOnceUp(
  make: () => pg.Client,
  { patience, signal }: Wait,
  onWait: (error: unknown) => void,
): Promise<pg.Client> {
  const deadline = Date.now() + patience;
  for (let tries = 1; ; tries += 1) {
    const client = make();
    client.on("error", () => undefined);
    try {
      await unlessAborted(client.connect(), signal);
      return client;
    } catch (error) {
      void client.end().catch(() => undefined);
      if (signal?.aborted || Date.now() >= deadline || !isNotUpYet(error)) throw error;
      if (tries === 1) onWait(error);
    }
    await sleep(tryAgainAfter, undefined, { signal });
  }
}

/** A server that takes a connection and says nothing may keep it for seconds. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  signal.throwIfAborted();
  let stop = () => {};
  const aborted = new Promise<never>((_done, fail) => {
    stop = () => fail(signal.reason);
  });
  signal.addEventListener("abort", stop);
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener("abort", stop));
}
