import { StartError } from "#lib/kernel/errors.ts";
import { thrownByDatabase } from "#lib/kernel/thrown-by-database.ts";

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
  for (const { codes, message } of thrownByDatabase(error)) {
    const found = refusals.find(([pattern]) => codes.some((code) => pattern.test(code)));
    if (found) return new StartError(found[1], found[2](message.split("\n").at(-1) ?? ""));
  }
  return undefined;
}
