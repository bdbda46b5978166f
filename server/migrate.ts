import { randomUUID } from "node:crypto";
import pg from "pg";
import { StartError } from "#lib/kernel/errors.ts";
import { type Migration, readMigrations } from "./migrations.ts";

/** The lock that Prisma's own tools take, so that they and we wait for one another. */
const lock = 72707369;

interface Row {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
  rolled_back_at: Date | null;
}

/**
 * Brings the database to this release: applies what is missing, each migration with its record in one transaction.
 * Returns the names of the migrations that it applied. Instances that start at once wait for one another.
 */
export async function migrate(databaseUrl: string, migrations?: Migration[]): Promise<string[]> {
  const list = migrations ?? (await readMigrations());
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "bailiwick migrations" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [lock]);
    await client.query(table);
    const missing = pendingOf(list, await recorded(client));
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    // Ends the session, and with it the lock.
    await client.end().catch(() => undefined);
  }
}

/** Names of the migrations that the database lacks; it changes nothing and takes no lock. */
export async function pendingMigrations(
  client: pg.ClientBase | pg.Pool,
  migrations?: Migration[],
): Promise<string[]> {
  const list = migrations ?? (await readMigrations());
  const { rows } = await client.query<{ name: string | null }>(
    "SELECT to_regclass('_prisma_migrations') AS name",
  );
  if (!rows[0]?.name) return list.map(({ name }) => name);
  return pendingOf(list, await recorded(client)).map(({ name }) => name);
}

async function recorded(client: pg.ClientBase | pg.Pool): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    "SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations ORDER BY started_at",
  );
  return rows.filter((row) => row.rolled_back_at === null);
}

/** What is missing; refuses a history that this release did not write. */
function pendingOf(list: Migration[], rows: Row[]): Migration[] {
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

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) VALUES ($1, $2, $3, clock_timestamp())",
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query(migration.sql);
    await client.query(
      "UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE migration_name = $1 AND finished_at IS NULL",
      [migration.name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw new StartError(
      "migration_failed",
      `The migration ${migration.name} failed and was undone: ${(error as Error).message}. The database is as it was before.`,
    );
  }
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
