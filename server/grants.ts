import pg from "pg";
import { migrationTurn } from "./migration-turn.ts";

/** The application adds to these and reads them, and changes nothing that is there. */
export const appendOnly = ["audit_events"];

/** What migrations take from everybody and the application runs all the same; it does no more than its name says. */
const runnable = ["audit_make_months"];

/**
 * Gives the application's role what it needs on everything that the migrations made, and takes what it must not have.
 * Only says something to the database when a right differs, and nothing at all where one role does everything.
 * @param owner URL as the role that migrated
 * @param application URL as the role that the console's pools connect as
 */
export async function grantToApplication(owner: string, application: string): Promise<void> {
  const role = decodeURIComponent(new URL(application).username);
  if (role === "" || role === decodeURIComponent(new URL(owner).username)) return;
  const client = new pg.Client({ connectionString: owner, application_name: "bailiwick migrations" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    if ((await differing(client, role)).length === 0) return;
    // Two instances that grant at once would trip over each other's rows.
    await migrationTurn(client);
    for (const statement of await differing(client, role)) await client.query(statement);
    await client.query("COMMIT");
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function differing(client: pg.Client, role: string): Promise<string[]> {
  const { rows } = await client.query<{ statement: string }>(differences, [role, appendOnly, runnable]);
  return rows.map(({ statement }) => statement);
}

/**
 * Rights on a partitioned table are asked of the table alone, so its partitions get none: nobody reaches past it.
 * Functions are everybody's unless a migration takes them from PUBLIC: then they are the owner's, and the application's
 * where `runnable` says so.
 */
const differences = `
  WITH wanted AS (
    SELECT format('public.%I', c.relname) AS object, privilege, CASE
        WHEN c.relispartition THEN false
        WHEN c.relname = '_prisma_migrations' THEN privilege = 'SELECT'
        WHEN c.relname = ANY ($2) THEN privilege IN ('SELECT', 'INSERT')
        ELSE privilege IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
      END AS given, has_table_privilege($1, c.oid, privilege) AS held
    FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) privilege
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
    UNION ALL
    -- The planner may ask before it filters, and a table is no sequence.
    SELECT format('public.%I', c.relname), 'USAGE', true, CASE c.relkind WHEN 'S' THEN has_sequence_privilege($1, c.oid, 'USAGE') END
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S'
    UNION ALL
    SELECT 'FUNCTION ' || p.oid::regprocedure, 'EXECUTE', true, has_function_privilege($1, p.oid, 'EXECUTE')
    FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proname = ANY ($3)
  )
  SELECT CASE WHEN given
      THEN format('GRANT %s ON %s TO %I', string_agg(privilege, ', '), object, $1::text)
      ELSE format('REVOKE %s ON %s FROM %I', string_agg(privilege, ', '), object, $1::text)
    END AS statement
  FROM wanted WHERE given <> held GROUP BY object, given ORDER BY object, given`;
