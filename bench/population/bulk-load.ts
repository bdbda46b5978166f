import type pg from "pg";

/** Loads rows into tables without their secondary indexes, triggers and foreign keys, which come back afterwards. */
export async function bulkLoad(
  client: pg.Client,
  tables: readonly string[],
  load: () => Promise<void>,
): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
    WHERE indrelid = ANY($1::regclass[]) AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)`,
    [tables],
  );
  await client.query("SET session_replication_role = replica; SET maintenance_work_mem = '512MB'");
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  await load();
  for (const { definition } of rows) await client.query(definition);
  await client.query("RESET session_replication_role");
  // As autovacuum leaves tables that people worked with for a while.
  for (const table of tables) await client.query(`VACUUM (ANALYZE) ${table}`);
}
