import { randomBytes } from "node:crypto";
import { type Logger, pino } from "pino";
import { env } from "./env.ts";
import { registry } from "./registry.ts";

const slot = "log";

/** The process's log: one JSON object a line on standard error, so that standard output stays for people. */
export function log(): Logger {
  const { slots } = registry();
  const present = slots.get(slot) as Logger | undefined;
  if (present) return present;
  const made = pino(
    { level: env().logLevel, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, redact },
    pino.destination({ fd: 2, sync: true }),
  );
  slots.set(slot, made);
  return made;
}

const redact = {
  paths: ["password", "secret", "token", "cookie", "authorization"].flatMap((key) => [key, `*.${key}`]),
  censor: "(hidden)",
};

const references = new WeakMap<object, string>();

/**
 * Logs a bug once, however many doors it passes, and returns the reference that is shown to people.
 * `where` says which door or job met it.
 */
export function logBug(error: unknown, where: string): string {
  const known = typeof error === "object" && error !== null ? references.get(error) : undefined;
  if (known) return known;
  const reference = randomBytes(6).toString("hex");
  if (typeof error === "object" && error !== null) references.set(error, reference);
  log().error({ reference, where, err: error }, "unexpected error");
  return reference;
}
