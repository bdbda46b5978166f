import type { EventEmitter } from "node:events";

const emitter: EventEmitter = process;

/**
 * Runs `load`, which loads Next, and keeps it from printing a second and third time what nobody caught or waited for:
 * `until-stopped.ts` logs that, with a reference.
 */
export async function aloneWithFaults(load: () => Promise<void>): Promise<void> {
  const [rejected] = emitter.listeners("unhandledRejection");
  const caught = emitter.listeners("uncaughtException");
  // Next puts its listener up again with pages that it loads later, unless the one that it keeps here listens.
  Reflect.set(globalThis, Symbol.for("next.unhandledRejectionListener"), rejected);
  await load();
  for (const listener of emitter.listeners("uncaughtException"))
    if (!caught.includes(listener)) emitter.off("uncaughtException", listener as () => void);
}
