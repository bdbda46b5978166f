import { StartError } from "#lib/kernel/errors.ts";
import { thrownByDatabase } from "#lib/kernel/thrown-by-database.ts";

/** By PostgreSQL's code: what is the matter, and the way out. */
const refusals: [code: RegExp, reason: string, sentence: (why: string, again: string) => string][] = [
  [
    /^(53100|58030)$/,
    "disk_full",
    (why, again) => `PostgreSQL cannot write (${why}): free some space on its disk, then ${again}.`,
  ],
  [
    /^42501$/,
    "database_right_missing",
    (why, again) =>
      `The database role lacks a right (${why}): set DATABASE_DIRECT_URL to the role that owns the tables, or if there is only one role, make it their owner, then ${again}.`,
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
    (why, again) => `The database went away (${why}): look into PostgreSQL's log, then ${again}.`,
  ],
];

/**
 * A fault of the database anywhere in a start or a command, in one sentence; undefined when it is none of these.
 * @param again what to do once it is mended
 */
export function databaseRefusal(error: unknown, again = "start again"): StartError | undefined {
  for (const { codes, message } of thrownByDatabase(error)) {
    const found = refusals.find(([pattern]) => codes.some((code) => pattern.test(code)));
    if (found) return new StartError(found[1], found[2](message.split("\n").at(-1) ?? "", again));
  }
  return undefined;
}
