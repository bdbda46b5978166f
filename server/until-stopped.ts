import { StartError } from "#lib/kernel/errors.ts";
import { logBug } from "#lib/kernel/log.ts";
import { type Closing, newClosing } from "./closing.ts";
import { databaseRefusal } from "./database-refusal.ts";
import { pause } from "./pause.ts";
import { complain } from "./say.ts";

/** Runs a start and then the process until it is told to stop; whatever was opened is closed in order. */
export function untilStopped(start: (closing: Closing) => Promise<void>): void {
  const closing = newClosing();
  let stopping = false;

  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    closing.giveUp();
    // A start that is under way is let finish, so that it leaves nothing behind; one that hangs is not waited for.
    await Promise.race([started, pause(15_000)]);
    await closing.run();
    process.exit(code);
  };
  // A second Ctrl-C changes nothing: an order to stop is being carried out already.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void stop(0));
  // A forgotten promise harms one request; after an exception that nobody caught the state of the process is unknown.
  process.on("unhandledRejection", (error) => void logBug(error, "unhandled rejection"));
  process.on("uncaughtException", (error) => {
    logBug(error, "uncaught exception");
    void stop(1);
  });

  const started = start(closing).catch((error) => {
    if (closing.signal.aborted) return;
    const known = error instanceof StartError ? error : databaseRefusal(error);
    complain(
      known
        ? known.message
        : `Bailiwick could not start because of an error of its own, reference ${logBug(error, "start")}.`,
    );
    void stop(1);
  });
}
