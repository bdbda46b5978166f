import type pg from "pg";

/** Statements that a database was sent while `body` ran: BEGIN and COMMIT count, those of the measure itself do not. */
export type CountStatements = (database: string, body: () => Promise<void>) => Promise<number>;

/**
 * By pg_stat_statements, which counts only meanwhile, so that it costs nothing while CPU is measured.
 * Undefined where the server does not load it.
 */
export async function statementCounter(client: pg.Client): Promise<CountStatements | undefined> {
  const { rows } = await client.query<{ loaded: boolean }>(
    "SELECT current_setting('shared_preload_libraries') LIKE '%pg_stat_statements%' AS loaded",
  );
  if (!rows[0]?.loaded) return undefined;
  await client.query("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
  await track(client, "none");
  return async (database, body) => {
    await track(client, "top");
    const before = await calls(client, database);
    await body();
    const after = await calls(client, database);
    await track(client, "none");
    return after - before;
  };
}

/** As it was before anything was counted. */
export async function resetCounting(client: pg.Client): Promise<void> {
  await client.query("ALTER SYSTEM RESET pg_stat_statements.track");
  await client.query("SELECT pg_reload_conf()");
}

/** Every backend reads its settings before its next statement. */
async function track(client: pg.Client, what: "none" | "top"): Promise<void> {
  await client.query(`ALTER SYSTEM SET pg_stat_statements.track = '${what}'`);
  await client.query("SELECT pg_reload_conf()");
  await new Promise((done) => setTimeout(done, 50));
}

async function calls(client: pg.Client, database: string): Promise<number> {
  const { rows } = await client.query<{ calls: number }>(
    `SELECT coalesce(sum(calls), 0)::int AS calls FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
    WHERE datname = $1`,
    [database],
  );
  return rows[0]?.calls ?? 0;
}
