import { format } from "node:util";
import { log, referenceFor } from "#lib/kernel/log.ts";

/**
 * From now on whatever packages print, and Node's own warnings, are lines of the log like ours. They are warnings at
 * most: packages report a request that makes no sense as an error too; what fails here is logged with a reference.
 */
export function sendConsoleToLog(): void {
  const line =
    (level: "debug" | "warn") =>
    (...printed: unknown[]) =>
      log()[level]({ where: "package" }, format(...printed));
  const warn = (...printed: unknown[]) => line(isOfOldPage(printed[0]) ? "debug" : "warn")(...printed);
  Object.assign(console, {
    debug: line("debug"),
    log: line("debug"),
    info: line("debug"),
    warn,
    error: (...printed: unknown[]) => {
      if (!isOfRequest(printed[0])) warn(...printed);
    },
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

/** A page of the release before, or anybody at all, called an action that this release does not have; it is told so. */
const isOfOldPage = (printed: unknown): boolean =>
  (printed instanceof Error ? printed.message : String(printed)).startsWith("Failed to find Server Action");

/**
 * An error that Next met in a page, which `instrumentation.ts` logs. Next numbers those by their text, so that two alike
 * are one; they get a reference of their own here, before Next tells it to the browser.
 */
function isOfRequest(printed: unknown): boolean {
  if (!(printed instanceof Error) || !("digest" in printed)) return false;
  if (/^\d+$/.test(String(printed.digest))) printed.digest = referenceFor(printed);
  return true;
}
