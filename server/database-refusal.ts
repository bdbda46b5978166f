import { StartError } from "#lib/kernel/errors.ts";

/** By PostgreSQL's code: what is the matter, and the way out. */
const refusals: [code: RegExp, reason: string, sentence: (why: string) => string][] = [
  [
    /^(53100|58030)$/,
    "disk_full",
    (why) => `PostgreSQL cannot write (${why}): free some space on its disk, then start again.`,
  ],
  [
    /^42501$/,
    "database_right_missing",
    (why) =>
      `The role in DATABASE_URL lacks a right (${why}): make it the owner of the tables, or grant it as docs/two-database-roles.md says, then start again.`,
  ],
  [
    /^25006$/,
    "database_read_only",
    (why) =>
      `The database takes no changes (${why}): DATABASE_URL has to lead to the primary server, and not to a replica or a read-only database.`,
  ],
  [
    /^(08...|57P0.|53300|ECONN\w+|EPIPE)$/,
    "database_lost",
    (why) =>
      `The database went away during the start (${why}): look into PostgreSQL's log, then start again.`,
  ],
];

/** A fault of the database anywhere in a start, in one sentence; undefined when it is none of these. */
export function databaseRefusal(error: unknown): StartError | undefined {
  for (const { code, message } of codesIn(error)) {
    const found = refusals.find(([pattern]) => pattern.test(code));
    if (found) return new StartError(found[1], found[2](message));
  }
  return undefined;
}

/** pg's own error has the code; Prisma wraps it in causes and in `meta`. */
function* codesIn(error: unknown, depth = 0): Generator<{ code: string; message: string }> {
  if (typeof error !== "object" || error === null || depth > 6) return;
  const { code, originalCode, message, originalMessage, cause, meta, driverAdapterError } = error as Record<
    string,
    unknown
  >;
  const text =
    String(originalMessage ?? message ?? "")
      .split("\n")
      .at(-1) ?? "";
  for (const one of [originalCode, code]) if (typeof one === "string") yield { code: one, message: text };
  for (const inner of [cause, meta, driverAdapterError]) yield* codesIn(inner, depth + 1);
}
