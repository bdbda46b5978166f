import { setImmediate } from "node:timers/promises";
import { registry } from "#lib/kernel/registry.ts";
import { loadGuesser } from "./load-guesser.ts";
import type { Guesser } from "./schema.ts";

const slot = "password guesser";

/**
 * The strength estimator with its dictionaries, loaded when the first password is chosen and then kept:
 * signing in never pays for it.
 */
export function passwordGuesser(): Promise<Guesser> {
  const { slots } = registry();
  const present = slots.get(slot) as Promise<Guesser> | undefined;
  if (present !== undefined) return present;
  const loading = loadGuesser();
  slots.set(slot, loading);
  loading.catch(() => slots.delete(slot));
  return loading;
}

let latest: Promise<unknown> = Promise.resolve();

/** One estimate after the other, with room between them: a hundred at once must not hold up everybody else's requests. */
export function inTurn<T>(estimate: () => T): Promise<T> {
  const mine = latest.then(() => setImmediate()).then(estimate);
  latest = mine.catch(() => {});
  return mine;
}
