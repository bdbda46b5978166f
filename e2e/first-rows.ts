import pg from "pg";

export interface FirstRows {
  /** Brings every table back to what it held; policy versions go on, since consoles keep compiled policies by them. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Remembers what a database holds, in a schema beside its own.
 * Until `close` it also keeps the broom, so that no housekeeping sweeps up what tests have just dated years ago.
 */
export async function rememberRows(url: string): Promise<FirstRows> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("SELECT pg_advisory_lock(7318002)");
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(relname) AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`,
  );
  const names = rows.map(({ name }) => name);
  const copies = names.map((name) => `CREATE UNLOGGED TABLE first.${name} AS TABLE public.${name};`);
  await client.query(`CREATE SCHEMA first; ${copies.join("\n")}`);
  const inserts = names.map((name) => `INSERT INTO public.${name} TABLE first.${name};`);
  // A replica fires no triggers: those of foreign keys would ask for an order, and the audit log refuses to be emptied.
  const script = `
    BEGIN;
    SET LOCAL session_replication_role = replica;
    UPDATE first.policy SET version = (SELECT version + 1 FROM public.policy);
    TRUNCATE ${names.map((name) => `public.${name}`).join(", ")};
    ${inserts.join("\n")}
    COMMIT;`;
  return {
    restore: async () => void (await client.query(script)),
    close: () => client.end(),
  };
}
