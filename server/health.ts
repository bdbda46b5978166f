import pg from "pg";
import { pendingMigrations } from "./migrate.ts";
import { readMigrations } from "./migrations.ts";

export interface Health {
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

const patience = 2_000;

/** Asks the database on a connection of its own, at most once a second however many ask. */
export async function databaseHealth(databaseUrl: string): Promise<Health> {
  const migrations = await readMigrations();
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: "bailiwick health",
    max: 1,
    connectionTimeoutMillis: patience,
    query_timeout: patience,
  });
  pool.on("error", () => undefined);
  const ask = async () => {
    try {
      return (await pendingMigrations(pool, migrations)).length === 0;
    } catch {
      return false;
    }
  };
  let answer: Promise<boolean> | undefined;
  const ready = () => {
    answer ??= ask().finally(() => setTimeout(() => (answer = undefined), 1_000).unref());
    return answer;
  };
  return { ready, close: () => pool.end() };
}
