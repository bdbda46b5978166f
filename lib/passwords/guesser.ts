import { setImmediate } from "node:timers/promises";
import type { Caller } from "#lib/kernel/caller.ts";
import { dearWork } from "#lib/kernel/dear-work.ts";
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

/** Estimates wait in line with other dear work, and leave room for everybody else's requests in between. */
export const estimated = <T>(caller: Caller, estimate: () => T): Promise<T> =>
  dearWork(caller, async () => {
    await setImmediate();
    return estimate();
  });
