import { randomBytes } from "node:crypto";
import { type DestinationStream, type Logger, type LoggerOptions, pino } from "pino";
import { env } from "./env.ts";
import { AppError } from "./errors.ts";
import { firstIn } from "./first-in.ts";
import { kindOfLine, lineBound } from "./line-bound.ts";
import { once } from "./registry.ts";

/** The process's log: one JSON object a line on standard error, so that standard output stays for people. */
export const log = (): Logger =>
  once("log", () => newLog(env().logLevel, pino.destination({ fd: 2, sync: true })));

export const newLog = (level: string, destination: DestinationStream): Logger =>
  pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, redact, hooks }, destination);

const redact = {
  paths: ["password", "secret", "token", "cookie", "authorization"].flatMap((key) => [key, `*.${key}`]),
  censor: "(hidden)",
};

/** Whoever asked for more than warnings and what is worth knowing wants all of it. */
const chatty = 20;

const hooks: LoggerOptions["hooks"] = {
  logMethod(given, method, level) {
    const [facts, text] = typeof given[0] === "string" ? [undefined, given[0]] : given;
    const sum = (times: number) =>
      method.apply(this, [
        { times, of: text },
        "as many more lines of this kind were left out of this minute",
      ]);
    if (level <= chatty || lineBound().admits(kindOfLine(facts, text), sum)) method.apply(this, given);
  },
};

/** What people are shown instead of an error, and what leads to it in the log: twelve hexadecimal digits. */
const newReference = (): string => randomBytes(6).toString("hex");

const bugs = "unexpected error";

/** A reference for this error: a new one, unless that would lead to nothing because many like it are logged just now. */
export const referenceFor = (error: unknown): string =>
  lineBound().reference(kindOfLine({ err: error }, bugs)) ?? newReference();

const references = new WeakMap<object, string>();

/**
 * Logs a bug once, however many entry points it passes, and returns the reference that is shown to people: its `digest`
 * if it has one, as every error has that reached Next. `where` says which entry point or job met it, `facts` what it was doing.
 * An outage is no bug: the line of one in a minute has its reason instead, and so has the answer.
 */
export function logBug(error: unknown, where: string, facts: object = {}): string {
  const found = typeof error === "object" && error !== null ? error : undefined;
  const known = found && references.get(found);
  if (known) return known;
  if (found && error instanceof AppError && error.code === "unavailable") {
    const { reason } = error;
    references.set(found, reason);
    if (firstIn(60_000, "left undone", `${where} ${reason}`))
      log().warn({ ...facts, reason, where }, "left undone");
    return reason;
  }
  const reference = found && "digest" in found ? String(found.digest) : referenceFor(error);
  if (found) references.set(found, reference);
  log().error({ ...facts, reference, where, err: withoutQuotes(error) }, bugs);
  lineBound().keepReference(kindOfLine({ err: error }, bugs), reference);
  return reference;
}

/** A parser's complaint quotes what was sent, a password among it: where it happened remains, causes included. */
function withoutQuotes(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === "SyntaxError" || "input" in error) {
    const frames = (error.stack ?? "").slice(
      (error.stack ?? "").indexOf(error.message) + error.message.length,
    );
    const message = "what was sent cannot be parsed";
    return Object.assign(new Error(message), {
      name: error.name,
      stack: `${error.name}: ${message}${frames}`,
    });
  }
  const inner = error as { cause?: unknown; errors?: unknown };
  if (inner.cause === undefined && !Array.isArray(inner.errors)) return error;
  return Object.assign(Object.create(error), {
    message: error.message,
    stack: error.stack,
    ...(inner.cause !== undefined && { cause: withoutQuotes(inner.cause) }),
    ...(Array.isArray(inner.errors) && { errors: inner.errors.map(withoutQuotes) }),
  });
}
