import pg from "pg";
import { lockPatience, watchBlockers } from "./migration-blockers.ts";
import { pause } from "./pause.ts";
import { say } from "./say.ts";

const tryAgainAfter = 2_000;
const sayAgainAfter = 60_000;

/**
 * Resolves once nobody else uses a table or its partitions. Asks for them for some seconds at a time, so that the requests
 * that queue behind it come through between two tries. Says who is in the way, the first time and then each minute.
 * @param databaseUrl as the owner of the table
 * @param what is to be done with it, after "Waiting to"
 */
export async function untilTableFree(databaseUrl: string, table: string, what: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "bailiwick commands" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    let sayAt = 0;
    for (;;) {
      const blockers = await whoHolds(client, databaseUrl, table);
      if (blockers === undefined) return;
      if (Date.now() >= sayAt) {
        say(`Waiting to ${what} until another process is done with it: ${blockers}.`);
        sayAt = Date.now() + sayAgainAfter;
      }
      await pause(tryAgainAfter);
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Undefined when the table could be had. */
async function whoHolds(client: pg.Client, databaseUrl: string, table: string): Promise<string | undefined> {
  await client.query("BEGIN");
  const { rows } = await client.query<{ pid: number }>(
    "SELECT pg_backend_pid() AS pid, set_config('lock_timeout', $1, true)",
    [String(lockPatience)],
  );
  const watch = watchBlockers(databaseUrl, rows[0]?.pid ?? 0);
  try {
    await client.query(`LOCK TABLE ${pg.escapeIdentifier(table)} IN ACCESS EXCLUSIVE MODE`);
    return undefined;
  } catch (error) {
    if ((error as { code?: string }).code !== "55P03") throw error;
    return (await watch.stop()) ?? "PostgreSQL does not say which";
  } finally {
    await watch.stop();
    await client.query("ROLLBACK").catch(() => undefined);
  }
}
