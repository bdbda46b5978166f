import pg from "pg";

export interface Target {
  /** Of the console. */
  address: string;
  /** Of its database; it stays the same as long as the server's socket does. */
  databaseUrl: string;
}

/** Makes room for the writes, once. */
export async function prepare({ databaseUrl }: Target): Promise<void> {
  await query(databaseUrl, "CREATE TABLE crash (id text, half int, PRIMARY KEY (id, half))");
}

/** One piece of work in two halves. When this returns, it has been acknowledged. */
export async function write({ databaseUrl }: Target, id: string): Promise<void> {
  await query(
    databaseUrl,
    `BEGIN; INSERT INTO crash VALUES ('${id}', 1); INSERT INTO crash VALUES ('${id}', 2); COMMIT`,
  );
}

/** What is there in the end: the ids that are whole, and those of which only a part is there. */
export async function found({ databaseUrl }: Target): Promise<{ whole: string[]; half: string[] }> {
  const rows = await query(databaseUrl, "SELECT id, count(*)::int AS halves FROM crash GROUP BY id");
  const idsWith = (wanted: boolean) =>
    rows.filter(({ halves }) => (halves === 2) === wanted).map(({ id }) => String(id));
  return { whole: idsWith(true), half: idsWith(false) };
}

async function query(databaseUrl: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    client.end().catch(() => undefined);
  }
}
