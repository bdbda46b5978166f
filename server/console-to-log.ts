import { format } from "node:util";
import { log } from "#lib/kernel/log.ts";

/**
 * From now on whatever packages print, and Node's own warnings, are lines of the log like ours. They are warnings at
 * most: packages report a request that makes no sense as an error too; what fails here is logged with a reference.
 */
export function sendConsoleToLog(): void {
  const line =
    (level: "debug" | "warn") =>
    (...printed: unknown[]) =>
      log()[level]({ where: "package" }, format(...printed));
  Object.assign(console, {
    debug: line("debug"),
    log: line("debug"),
    info: line("debug"),
    warn: line("warn"),
    error: line("warn"),
    trace: line("debug"),
    dir: line("debug"),
    table: line("debug"),
  });
  process.removeAllListeners("warning");
  // That a version of Node calls something experimental is nothing that an operator could act on.
  process.on("warning", (warning) =>
    log()[warning.name === "ExperimentalWarning" ? "debug" : "warn"](
      { where: "node", err: warning },
      warning.message,
    ),
  );
}
