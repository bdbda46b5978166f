import { randomUUID } from "node:crypto";
import pg from "pg";
import { StartError } from "#lib/kernel/errors.ts";
import { lockPatience, watchBlockers } from "./migration-blockers.ts";
import { migrationTurn } from "./migration-turn.ts";
import { type Migration, readMigrations } from "./migrations.ts";
import { pause } from "./pause.ts";
import { say } from "./say.ts";

export interface MigrationRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
  rolled_back_at: Date | null;
}

/**
 * Brings the database to this release: applies what is missing, each migration with its record in one transaction.
 * Returns the names of the migrations that it applied. Instances that start at once take turns and migrate once.
 * A database that lacks nothing is only read. Throws a StartError that says what the database refused.
 * @param databaseUrl leads to the server itself, or to a pooler in transaction mode
 * @param signal is aborted when the start is called off: that ends its waiting, and nothing is migrated afterwards
 */
export async function migrate(
  databaseUrl: string,
  migrations?: Migration[],
  signal?: AbortSignal,
): Promise<string[]> {
  const list = migrations ?? (await readMigrations());
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "bailiwick migrations" });
  client.on("error", () => undefined);
  const applied: string[] = [];
  try {
    await client.connect();
    let [next] = await missing(client, list);
    while (next) {
      const name = await applyNext({ client, databaseUrl, list, signal });
      if (name) applied.push(name);
      [next] = await missing(client, list);
    }
    return applied;
  } catch (error) {
    throw error instanceof StartError || signal?.aborted
      ? error
      : new StartError("migrations_refused", refusalOf(error as Error));
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Names of the migrations that the database lacks; it changes nothing and takes no lock. */
export async function pendingMigrations(
  client: pg.ClientBase | pg.Pool,
  migrations?: Migration[],
): Promise<string[]> {
  const list = migrations ?? (await readMigrations());
  return (await missing(client, list)).map(({ name }) => name);
}

/** The same, of the database at an address. */
export async function pendingAt(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  return pendingMigrations(client).finally(() => client.end());
}

/** What the database lacks; refuses a history that this release did not write. */
async function missing(client: pg.ClientBase | pg.Pool, list: Migration[]): Promise<Migration[]> {
  const { rows: found } = await client.query<{ name: string | null }>(
    "SELECT to_regclass('_prisma_migrations') AS name",
  );
  if (!found[0]?.name) return list;
  const { rows } = await client.query<MigrationRow>(
    "SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations ORDER BY started_at",
  );
  return pendingOf(list, rows);
}

/** What of `list` is not among the records of a database; refuses a history that this release did not write. */
export function pendingOf(list: Migration[], records: readonly MigrationRow[]): Migration[] {
  const rows = records.filter((row) => row.rolled_back_at === null);
  for (const row of rows) {
    const known = list.find(({ name }) => name === row.migration_name);
    if (!known) {
      throw new StartError(
        "migration_unknown",
        `The database has the migration ${row.migration_name}, which this release does not know: start the newer release that applied it, or restore a backup made before it.`,
      );
    }
    if (row.finished_at === null) {
      throw new StartError(
        "migration_unfinished",
        `The migration ${row.migration_name} was begun by another tool and did not finish: restore the backup made before it, then start again.`,
      );
    }
    if (row.checksum !== known.checksum) {
      throw new StartError(
        "migration_changed",
        `The migration ${row.migration_name} was changed after it had been applied to this database: put prisma/migrations back to the released files.`,
      );
    }
  }
  const applied = new Set(rows.map((row) => row.migration_name));
  return list.filter(({ name }) => !applied.has(name));
}

interface Turn {
  client: pg.Client;
  databaseUrl: string;
  list: Migration[];
  signal: AbortSignal | undefined;
}

const tryAgainAfter = 2_000;
const sayAgainAfter = 60_000;

/**
 * Applies the first missing migration, in one transaction with its turn and its record.
 * Returns undefined when another instance had applied everything before the turn came. A table that others hold is let go
 * of after some seconds and asked for again, so that their requests come through between two tries.
 */
async function applyNext(turn: Turn): Promise<string | undefined> {
  let sayAt = 0;
  for (;;) {
    try {
      return await tryNext(turn);
    } catch (error) {
      if (!(error instanceof TableHeld)) throw error;
      if (Date.now() >= sayAt) {
        say(
          `The migration ${error.migration} waits for a table that another process holds: ${error.blockers}.`,
        );
        sayAt = Date.now() + sayAgainAfter;
      }
    }
    await pause(tryAgainAfter);
    turn.signal?.throwIfAborted();
  }
}

class TableHeld extends Error {
  readonly migration: string;
  readonly blockers: string;
  constructor(migration: string, blockers = "PostgreSQL does not say which") {
    super();
    this.migration = migration;
    this.blockers = blockers;
  }
}

async function tryNext({ client, databaseUrl, list, signal }: Turn): Promise<string | undefined> {
  await migrationTurn(client, signal);
  let next: Migration | undefined;
  let watch: ReturnType<typeof watchBlockers> | undefined;
  try {
    await client.query(table);
    [next] = await missing(client, list);
    const { rows } = await client.query<{ pid: number }>(
      "SELECT pg_backend_pid() AS pid, set_config('lock_timeout', $1, true)",
      [String(lockPatience)],
    );
    watch = watchBlockers(databaseUrl, rows[0]?.pid ?? 0);
    if (next) await apply(client, next);
    await client.query("COMMIT");
    return next?.name;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    if (!next || error instanceof StartError) throw error;
    const { code, message } = error as Error & { code?: string };
    if (code === "55P03") throw new TableHeld(next.name, await watch?.stop());
    if (code === "42501") throw new StartError("migrations_refused", refusalOf(error as Error));
    throw new StartError(
      "migration_failed",
      `The migration ${next.name} failed and was undone: ${message}. The database is as it was before.`,
    );
  } finally {
    await watch?.stop();
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query(
    "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) VALUES ($1, $2, $3, clock_timestamp())",
    [randomUUID(), migration.checksum, migration.name],
  );
  await client.query(migration.sql);
  await client.query(
    "UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE migration_name = $1 AND finished_at IS NULL",
    [migration.name],
  );
}

/** What the database refused before any migration was under way, in one sentence with a way out. */
function refusalOf({ message, code }: Error & { code?: string }): string {
  const why = `The database cannot be brought up to date (${message})`;
  // insufficient_privilege, read_only_sql_transaction
  if (code === "42501" && message.includes("extension"))
    return `${why}: let a superuser run CREATE EXTENSION pg_trgm SCHEMA public in this database, or run GRANT CREATE ON DATABASE for the role in DATABASE_URL, then start again.`;
  if (code === "42501")
    return `${why}: make the role in DATABASE_URL the owner of the database and of its tables, or run GRANT CREATE ON SCHEMA public for it, then start again.`;
  if (code === "25006")
    return `${why}: DATABASE_URL has to lead to the primary server, and not to a replica or a read-only database.`;
  return `${why}: start again, and look into PostgreSQL's log if it fails again.`;
}

/** As Prisma's own tools make it. */
const table = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;
