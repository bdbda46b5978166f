import type pg from "pg";
import { StartError } from "#lib/kernel/errors.ts";
import { UtcClient } from "#lib/kernel/utc-client.ts";
import { connectOnceUp, type Wait } from "./connect-once-up.ts";
import { say } from "./say.ts";

const oldest = 15;

/**
 * Checks the PostgreSQL that a setting names: it answers, is new enough, keeps every letter, takes changes and sessions
 * in UTC, runs transactions, and keeps tables where they are looked for. Throws a StartError with a way out.
 * @param wait for how long a database may be late: a machine that starts anew starts both
 */
export async function checkOwnDatabase(
  url: string,
  setting: "DATABASE_URL" | "DATABASE_DIRECT_URL" = "DATABASE_URL",
  wait: Wait = { patience: 0 },
): Promise<void> {
  const make = () => new UtcClient({ connectionString: url, connectionTimeoutMillis: 10_000 });
  const client = await connectOnceUp(make, wait, (error) =>
    say(
      `Waiting up to ${wait.patience / 1000} seconds for the database ${withoutPassword(url)}, which cannot be reached yet (${reason(error)}).`,
    ),
  ).catch((error: unknown) => {
    wait.signal?.throwIfAborted();
    const otherwise =
      setting === "DATABASE_URL" ? "unset it to use the embedded one" : "unset it to go through DATABASE_URL";
    throw new StartError(
      "database_unreachable",
      `The database ${withoutPassword(url)} cannot be reached (${reason(error)}): check ${setting} and that PostgreSQL runs there, or ${otherwise}.`,
    );
  });
  const facts = await factsOf(client).finally(() => client.end().catch(() => undefined));
  const refusal = refusalOf({ ...facts, wantedSchema: new URL(url).searchParams.get("schema") });
  if (refusal)
    throw new StartError("database_unsuitable", `The database ${withoutPassword(url)} ${refusal}.`);
}

interface Facts {
  version: string;
  encoding: string;
  timeZone: string;
  readOnly: boolean;
  /** Where new tables go; null where there is no place. */
  schema: string | null;
  /** Where pg_trgm is, unless its operators are found there without more ado; null before it is anywhere. */
  hiddenTrigrams: string | null;
  /** What the `schema` in the address asks for: a parameter of Prisma's, which PostgreSQL does not know. */
  wantedSchema: string | null;
  transactions: boolean;
}

async function factsOf(client: pg.Client): Promise<Omit<Facts, "wantedSchema">> {
  const { rows } = await client.query<Omit<Facts, "wantedSchema" | "transactions">>(
    `SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding,
      current_setting('TimeZone') AS "timeZone", current_setting('transaction_read_only') = 'on' AS "readOnly",
      current_schema() AS schema,
      (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
        WHERE e.extname = 'pg_trgm' AND NOT n.nspname = ANY (current_schemas(true))) AS "hiddenTrigrams"`,
  );
  const transactions = await client.query("BEGIN").then(
    () => client.query("ROLLBACK").then(() => true),
    () => false,
  );
  return { ...(rows[0] as (typeof rows)[number]), transactions };
}

export function refusalOf(facts: Facts): string | undefined {
  const { version, encoding, timeZone, readOnly, schema, hiddenTrigrams, wantedSchema, transactions } = facts;
  if (Number.parseInt(version, 10) < oldest)
    return `is PostgreSQL ${version}, and Bailiwick needs ${oldest} or newer: upgrade it, or unset DATABASE_URL to use the embedded one`;
  if (encoding !== "UTF8")
    return `stores text as ${encoding}, and Bailiwick needs UTF8: create it with ENCODING 'UTF8' TEMPLATE template0`;
  if (!transactions)
    return "is behind a pooler that takes no transactions: set pool_mode = transaction in PgBouncer, or connect without it";
  if (timeZone !== "UTC")
    return `gives sessions in the time zone ${timeZone} although UTC was asked for: take TimeZone out of the pooler's ignore_startup_parameters`;
  if (readOnly)
    return "is read-only: DATABASE_URL has to lead to the primary server, and not to a replica or a read-only database";
  if (schema !== "public" || (wantedSchema ?? "public") !== "public")
    return `would keep its tables in ${wantedSchema ?? schema ?? "no schema"}, and Bailiwick needs the schema public: give it a database of its own, and take schema and search_path out of the address and of the role's settings`;
  if (hiddenTrigrams !== null)
    return `has the extension pg_trgm in the schema ${hiddenTrigrams}, where it is not found: run ALTER EXTENSION pg_trgm SET SCHEMA public`;
  return undefined;
}

function withoutPassword(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function reason(error: unknown): string {
  // Node tries every address of a name and collects the failures.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  return (first as Error).message;
}
