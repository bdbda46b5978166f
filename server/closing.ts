import { logBug } from "#lib/kernel/log.ts";

/** What has to be closed when the process ends, last opened first. */
export interface Closing {
  add(name: string, close: () => Promise<unknown>): void;
  run(): Promise<void>;
  /** Tells a start that is under way to give up: it need not wait for what it began. */
  giveUp(): void;
  readonly signal: AbortSignal;
}

export function newClosing(): Closing {
  const steps: { name: string; close: () => Promise<unknown> }[] = [];
  let running: Promise<void> | undefined;
  const closeAll = async () => {
    for (const { name, close } of steps.toReversed()) {
      await close().catch((error) => logBug(error, `closing: ${name}`));
    }
  };
  const stop = new AbortController();
  return {
    signal: stop.signal,
    giveUp: () => stop.abort(),
    add: (name, close) => steps.push({ name, close }),
    run: () => {
      running ??= closeAll();
      return running;
    },
  };
}
