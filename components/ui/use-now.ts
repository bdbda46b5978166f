"use client";
import { useSyncExternalStore } from "react";

const onServer = typeof window === "undefined";
let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for the whole page: half a minute is fine for "3 minutes ago". */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The present, renewed every half minute. */
export function useNow(): number {
  return useSyncExternalStore(
    subscribe,
    () => now,
    // The server lives long: there, now is when it writes the page.
    () => (onServer ? Date.now() : now),
  );
}
