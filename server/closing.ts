import { logBug } from "#lib/kernel/log.ts";

/** What has to be closed when the process ends, last opened first. */
export interface Closing {
  add(name: string, close: () => Promise<unknown>): void;
  /** Aborted once the process is told to stop: a start that waits for something need not wait any longer. */
  signal: AbortSignal;
  abort(): void;
  run(): Promise<void>;
}

export function newClosing(): Closing {
  const steps: { name: string; close: () => Promise<unknown> }[] = [];
  let running: Promise<void> | undefined;
  const closeAll = async () => {
    for (const { name, close } of steps.toReversed()) {
      await close().catch((error) => logBug(error, `closing: ${name}`));
    }
  };
  const told = new AbortController();
  return {
    signal: told.signal,
    abort: () => told.abort(),
    add: (name, close) => steps.push({ name, close }),
    run: () => {
      running ??= closeAll();
      return running;
    },
  };
}
