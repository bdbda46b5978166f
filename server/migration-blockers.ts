import pg from "pg";

/** Migrations and commands wait this long for a lock on a table, in milliseconds: everybody else's requests queue behind. */
export const lockPatience = 5_000;
const lookAfter = 2_000;

/**
 * While the process `pid` may be waiting for a lock, finds out on a connection of its own for whom.
 * The answer of `stop` is undefined while nobody was in the way.
 */
export function watchBlockers(databaseUrl: string, pid: number): { stop(): Promise<string | undefined> } {
  let found: Promise<string | undefined> | undefined;
  const timer = setTimeout(() => {
    found = blockersOf(databaseUrl, pid).catch(() => undefined);
  }, lookAfter);
  return {
    stop: async () => {
      clearTimeout(timer);
      return found;
    },
  };
}

interface Blocker {
  pid: number;
  name: string | null;
  state: string | null;
  since: Date | null;
}

async function blockersOf(databaseUrl: string, pid: number): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 1_000 });
  client.on("error", () => undefined);
  await client.connect();
  const { rows } = await client
    .query<Blocker>(
      `SELECT b.pid, a.application_name AS name, a.state, a.xact_start AS since
        FROM unnest(pg_blocking_pids($1)) AS b (pid) LEFT JOIN pg_stat_activity a USING (pid)`,
      [pid],
    )
    .finally(() => client.end());
  return rows.map(inWords).join(", ") || undefined;
}

/** PostgreSQL shows the state of other roles' sessions only to members of pg_read_all_stats. */
function inWords({ pid, name, state, since }: Blocker): string {
  const doing =
    state === null
      ? "what it does is hidden from this role"
      : `${state}${since ? `, in a transaction since ${since.toISOString()}` : ""}`;
  return `PostgreSQL process ${pid} (${name || "without a name"}; ${doing})`;
}
