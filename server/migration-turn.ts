import type pg from "pg";
import { pause } from "./pause.ts";
import { say } from "./say.ts";

/** The lock that Prisma's own tools take, so that they and we wait for one another. */
const lock = 72707369;
const tryEvery = 200;
const sayAfter = 5_000;
const sayAgainEvery = 60_000;

/**
 * Opens a transaction that alone may migrate this database until it ends; waits as long as another one does.
 * Throws what `signal` says when that is aborted meanwhile.
 * The lock belongs to the transaction and not to the session: behind a pooler a session outlives its client.
 */
export async function migrationTurn(client: pg.Client, signal?: AbortSignal): Promise<void> {
  let sayAt = Date.now() + sayAfter;
  for (;;) {
    signal?.throwIfAborted();
    await client.query("BEGIN");
    const { rows } = await client.query<{ taken: boolean }>("SELECT pg_try_advisory_xact_lock($1) AS taken", [
      lock,
    ]);
    if (rows[0]?.taken) return;
    const holder = Date.now() >= sayAt ? await holderOf(client) : undefined;
    await client.query("ROLLBACK");
    if (holder) {
      say(`Waiting to migrate the database until another process is done with it: ${holder}.`);
      sayAt = Date.now() + sayAgainEvery;
    }
    await pause(tryEvery);
  }
}

/** Who holds the lock, as far as this role may see. A session that idles with it has kept it by mistake. */
async function holderOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ pid: number; name: string | null; state: string | null }>(
    `SELECT a.pid, a.application_name AS name, a.state FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE l.locktype = 'advisory' AND l.classid = 0 AND l.objid = $1 AND l.objsubid = 1 AND l.granted
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [lock],
  );
  const [one] = rows;
  if (!one) return "PostgreSQL does not say which";
  const idle = one.state?.startsWith("idle")
    ? `, which is ${one.state}: end it with SELECT pg_terminate_backend(${one.pid})`
    : "";
  return `PostgreSQL process ${one.pid} (${one.name || "without a name"})${idle}`;
}
