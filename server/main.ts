import { StartError } from "#lib/kernel/errors.ts";
import { logBug } from "#lib/kernel/log.ts";
import { newClosing } from "./closing.ts";
import { pause } from "./pause.ts";
import { complain } from "./say.ts";
import { startConsole } from "./start-console.ts";

const closing = newClosing();
let stopping = false;

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  // A start that is under way is let finish, so that it leaves nothing behind; one that hangs is not waited for.
  await Promise.race([started, pause(15_000)]);
  await closing.run();
  process.exit(code);
}

// A second Ctrl-C changes nothing: an order to stop is being carried out already.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void stop(0));

// A forgotten promise harms one request; after an exception that nobody caught the state of the process is unknown.
process.on("unhandledRejection", (error) => void logBug(error, "unhandled rejection"));
process.on("uncaughtException", (error) => {
  logBug(error, "uncaught exception");
  void stop(1);
});

const started = startConsole({ dev: process.argv.includes("--dev") }, closing).catch(async (error) => {
  complain(
    error instanceof StartError
      ? error.message
      : `Bailiwick could not start because of an error of its own, reference ${logBug(error, "start")}.`,
  );
  void stop(1);
});
