import { product } from "#lib/kernel/caller.ts";
import { database, type Tx, transaction } from "#lib/kernel/database.ts";
import { notNow } from "#lib/kernel/unavailable.ts";
import { type MigrationRow, pendingOf } from "./migrate.ts";
import { type Migration, readMigrations } from "./migrations.ts";
import { pause } from "./pause.ts";

export interface Health {
  ready(): Promise<boolean>;
}

const patience = 2_000;
const keepAnswerFor = 1_000;

/**
 * Asks what people need: that the pool of pages and sign-in gives a connection within two seconds, that their tables
 * can be read and written, that the audit log takes events of the present, and that this is the release of the database. At most
 * once a second, however many ask.
 * @param stopping once it is aborted, the console is not ready: nobody new is to be sent here
 */
export async function databaseHealth(stopping?: AbortSignal): Promise<Health> {
  const migrations = await readMigrations();
  let underWay = false;
  const look = async () => {
    // One that hangs is answer enough: more of them would only take more of what is scarce.
    if (underWay) return false;
    underWay = true;
    const seen = canWork(migrations).finally(() => {
      underWay = false;
    });
    return Promise.race([seen.catch(() => false), pause(patience).then(() => false)]);
  };
  let answer: Promise<boolean> | undefined;
  const ready = async () => {
    if (stopping?.aborted) return false;
    answer ??= look().finally(() => setTimeout(() => (answer = undefined), keepAnswerFor).unref());
    return answer;
  };
  return { ready };
}

async function canWork(migrations: Migration[]): Promise<boolean> {
  await database()
    .$queryRaw`SELECT FROM sessions s JOIN users u ON u.id = s.user_id JOIN policy p ON p.id = 1 LIMIT 1`;
  return transaction((tx) => canWrite(tx, migrations), { turnOf: product("health") });
}

async function canWrite(tx: Tx, migrations: Migration[]): Promise<boolean> {
  const now = new Date();
  const [row] = await tx.$queryRaw<{ readOnly: boolean; dated: boolean; there: Date }[]>`
    SELECT current_setting('transaction_read_only') = 'on' AS "readOnly", clock_timestamp() AS there,
      ${now} BETWEEN clock_timestamp() - interval '1 hour' AND clock_timestamp() + interval '5 minutes'
        OR pg_has_role(relowner, 'USAGE') AS dated,
      set_config('lock_timeout', ${String(patience)}, true), set_config('work_mem', '64kB', true)
    FROM pg_class WHERE oid = 'audit_events'::regclass`;
  if (row?.readOnly !== false) return false;
  if (!row.dated) throw clocksDiffer(now, row.there);
  await tx.$executeRaw`LOCK TABLE sessions, rate_limits, users IN ROW EXCLUSIVE MODE`;
  // PostgreSQL 15 lets nobody lock a table who may but add to it.
  await tx.$executeRaw`INSERT INTO audit_events (id) SELECT gen_random_uuid() WHERE false`;
  // More than work_mem: PostgreSQL puts it into a file, for which a full disk has no room. Nothing else is written.
  await tx.$queryRaw`SELECT count(*) FROM generate_series(1, 10000)`;
  const applied = await tx.$queryRaw<MigrationRow[]>`
    SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations ORDER BY started_at`;
  return pendingOf(migrations, applied).length === 0;
}

/** As the trigger on the audit log would say, which the role that serves requests cannot get past. */
const clocksDiffer = (here: Date, there: Date) =>
  notNow(
    "clocks_differ",
    new Error(`it is ${here.toISOString()} on this machine and ${there.toISOString()} in the database`),
  );
