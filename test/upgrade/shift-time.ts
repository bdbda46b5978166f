import pg from "pg";

const week = 7 * 24 * 60 * 60_000;

/** Whole weeks since an instant: what hangs on days of the week stays on them. */
export const weeksSince = (instant: string): number =>
  Math.floor((Date.now() - Date.parse(instant)) / week) * week;

/**
 * Moves a recorded installation up to the present, as if it had been recorded a moment ago: sessions and tokens by
 * the time that has passed, what belongs to days of the week by whole weeks. The audit log stays as it is.
 */
export async function shiftTime(url: string, recordedAt: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ table: string; columns: string[] }>(
      `SELECT table_name::text AS table, array_agg(column_name::text) AS columns FROM information_schema.columns
         WHERE table_schema = 'public' AND data_type = 'timestamp with time zone'
           AND table_name NOT LIKE 'audit\\_events%' AND table_name <> '_prisma_migrations'
         GROUP BY 1`,
    );
    await client.query("BEGIN");
    // Neither the triggers of the product nor foreign keys have anything to say to that.
    await client.query("SET LOCAL session_replication_role = replica");
    for (const { table, columns } of rows) {
      const weekly = table === "assignments" || table === "access_requests";
      const by = weekly ? weeksSince(recordedAt) : Date.now() - Date.parse(recordedAt);
      const moved = columns.map((column) => `"${column}" = "${column}" + $1 * interval '1 millisecond'`);
      await client.query(`UPDATE "${table}" SET ${moved.join(", ")}`, [by]);
    }
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}
