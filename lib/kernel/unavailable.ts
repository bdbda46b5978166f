import { AppError } from "./errors.ts";
import { log } from "./log.ts";
import { once } from "./registry.ts";
import { thrownByDatabase } from "./thrown-by-database.ts";

export type Unavailable =
  /** Too many wait in this process: for a turn, or for a connection. */
  | "busy"
  /** A statement or transaction ran into its limit of time. */
  | "database_slow"
  /** A lock that others hold, or two changes that met. */
  | "database_locked"
  /** The server has no memory or connection for it. */
  | "database_overloaded"
  | "database_away"
  | "database_full"
  | "database_read_only"
  /** The database refuses what the console dates by its own clock. */
  | "clocks_differ";

/** What is shown, and after how many seconds another try may succeed. */
const answers: Record<Unavailable, [message: string, retryAfter: number]> = {
  busy: ["Too many requests are waiting. Try again in a few seconds.", 3],
  database_slow: ["The database took too long to answer. Try again in a few seconds.", 3],
  database_locked: ["Another change is still in progress. Try again in a few seconds.", 3],
  database_overloaded: ["The database is overloaded. Try again in a few seconds.", 5],
  database_away: ["The database cannot be reached. Try again in a few seconds.", 5],
  database_full: [
    "The database has no space left, so changes cannot be saved. Contact your administrator, and try again when disk space is free.",
    30,
  ],
  database_read_only: [
    "The database is read-only, so changes cannot be saved. Contact your administrator, and try again when it is writable.",
    30,
  ],
  clocks_differ: [
    "The clocks of the console and of its database differ, so changes cannot be saved. Contact your administrator, and try again when the clocks agree.",
    30,
  ],
};

/** By PostgreSQL's SQLSTATE, Prisma's code or kind, or Node's code; the first that fits. */
const codes: readonly [Unavailable, RegExp][] = [
  ["database_full", /^53100$/],
  ["database_read_only", /^25006$/],
  ["database_slow", /^(57014|25P03|25P04|P1008|P2028|SocketTimeout)$/],
  ["database_locked", /^(55P03|40001|40P01|P2034|TransactionWriteConflict)$/],
  ["database_overloaded", /^(53200|53300|53400|P2037|TooManyConnections)$/],
  ["busy", /^P2024$/],
  [
    "database_away",
    /^(08...|28000|28P01|3D000|57P0\d|P100[0123]|P1010|P1017|DatabaseNotReachable|ConnectionClosed|ECONN\w+|EPIPE|ENOTFOUND|EAI_\w+|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT|EACCES)$/,
  ],
];

/** What says it in words alone: pg, its pool, and PostgreSQL where its code is missing or stands for other things too. */
const words: readonly [Unavailable, RegExp][] = [
  ["database_full", /no space left on device/i],
  // The trigger on the audit log; the code is that of any date out of range.
  ["clocks_differ", /the time of an audit event .* is too far from the clock of the database/i],
  ["busy", /timeout exceeded when trying to connect/i],
  ["database_slow", /query read timeout/i],
  [
    "database_away",
    /connection terminated|is not queryable|client was closed|server closed the connection|cannot use a pool after/i,
  ],
];

/**
 * The answer for what the database client threw because the database could not do its work just now.
 * Undefined for anything else. Errors of other clients (mail, providers) do not belong here: their codes look alike.
 */
export function unavailable(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error.code === "unavailable" ? error : undefined;
  const thrown = thrownByDatabase(error);
  const reason =
    codes.find(([, pattern]) => thrown.some((one) => one.codes.some((code) => pattern.test(code))))?.[0] ??
    words.find(([, pattern]) => thrown.some(({ message }) => pattern.test(message)))?.[0];
  return reason && notNow(reason, error);
}

/** The answer itself, for what waited in this process. It is logged here: the first of a minute, and how many followed. */
export function notNow(reason: Unavailable, cause?: unknown): AppError {
  const [message, retryAfter] = answers[reason];
  const error = new AppError("unavailable", reason, message, { details: { retryAfter } });
  if (cause !== undefined) error.cause = cause;
  report(reason, cause);
  return error;
}

const silence = 60_000;

/** An outage concerns every request: its log would bury its cause. */
function report(reason: Unavailable, cause: unknown): void {
  const counts = once("unavailable", () => new Map<Unavailable, number>());
  const count = counts.get(reason);
  if (count !== undefined) {
    counts.set(reason, count + 1);
    return;
  }
  counts.set(reason, 0);
  log().warn({ reason, err: cause }, "requests are answered with 503");
  setTimeout(() => {
    const times = counts.get(reason);
    counts.delete(reason);
    if (times) log().warn({ reason, times }, "as many more requests were answered with 503 in this minute");
  }, silence).unref();
}
