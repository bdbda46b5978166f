import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { readMigrations } from "#server/migrations.ts";
import { pause } from "#server/pause.ts";
import { found, prepare, write } from "./crash-writes.ts";
import { withDatabase } from "./database-url.ts";
import { startDebianPostgres } from "./debian-postgres.ts";
import { startPooler } from "./pooler.ts";
import { type RunningConsole, startConsole } from "./running-console.ts";

// Consoles behind PgBouncer in transaction mode: several at once, restarts, a lock that was left behind, and the
// pooler restarted and PostgreSQL crashed under load. Ends with 1 when anything is not as it has to be.
const folder = await mkdtemp(join(tmpdir(), "bailiwick-pooled-"));
const server = await startDebianPostgres(join(folder, "postgresql"));
const pooler = await startPooler(server);
const url = withDatabase(pooler.url, "pooled");
const settings = { DATABASE_URL: url, DATABASE_POOL_SIZE: "5", BAILIWICK_DATA: join(folder, "data") };
const consoles: RunningConsole[] = [];
const start = async () => {
  const one = await startConsole(settings);
  consoles.push(one);
  return one;
};

let wrong = 0;
function check(what: string, is: unknown, wanted: unknown): void {
  const holds = JSON.stringify(is) === JSON.stringify(wanted);
  const difference = `: ${JSON.stringify(is)} instead of ${JSON.stringify(wanted)}`;
  process.stdout.write(`${holds ? "holds" : "WRONG"}  ${what}${holds ? "" : difference}\n`);
  if (!holds) wrong += 1;
}

try {
  await ask(pooler.url, "CREATE DATABASE pooled TEMPLATE template0 ENCODING 'UTF8'");
  const [one, two] = await Promise.all([start(), start()]);
  const migrations = await readMigrations();
  const records = await ask(url, "SELECT count(*)::int AS count FROM _prisma_migrations");
  check("two consoles that start at once on an empty database migrate once", records, [
    { count: migrations.length },
  ]);

  await prepare({ address: one.address, databaseUrl: url });
  for (let turn = 1; turn <= 20; turn += 1) {
    await write({ address: one.address, databaseUrl: url }, `first-${turn}`);
    await write({ address: two.address, databaseUrl: url }, `second-${turn}`);
  }
  check("40 writes through both are whole", await counted(), { whole: 40, half: 0 });

  check("a console stops in order", await one.end("SIGTERM"), 0);
  const again = await start();
  await write({ address: again.address, databaseUrl: url }, "after-restart");
  check("it starts again and writes", await counted(), { whole: 41, half: 0 });

  await ask(url, "SELECT pg_advisory_lock(72707369)");
  const left = "SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory' AND objid = 72707369";
  check("a lock that an older release took stays with the pooler", await ask(url, left), [{ count: 1 }]);
  const third = await start();
  await write({ address: third.address, databaseUrl: url }, "beside-a-lock");
  check("a start is not stopped by it", await counted(), { whole: 42, half: 0 });

  await survives("PgBouncer restarts", () => pooler.restart());
  // Its postmaster then ends every session, and lets nobody in until it has recovered.
  await survives("a process of PostgreSQL is killed", async () => {
    const [row] = await ask(
      server.url,
      "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'",
    );
    process.kill((row as { pid: number }).pid, "SIGKILL");
  });
  const ends = await Promise.all([two, again, third].map((console) => console.end("SIGTERM")));
  check("all consoles stop in order", ends, [0, 0, 0]);
} finally {
  await Promise.all(consoles.map((console) => console.end("SIGKILL")));
  await pooler.stop();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`PostgreSQL ${server.version} behind PgBouncer: ${wrong} went wrong\n`);
process.exitCode = wrong === 0 ? 0 : 1;

/** Three times under load: nothing acknowledged is lost, and the consoles come back by themselves. */
async function survives(what: string, disturb: () => Promise<void>): Promise<void> {
  const before = await counted();
  const through = consoles.filter(({ child }) => child.exitCode === null);
  const acknowledged = await whileDisturbed(through, `load-${before.whole}`, disturb);
  const { whole, half } = await found({ address: "", databaseUrl: url });
  const lost = acknowledged.filter((name) => !whole.includes(name));
  const count = acknowledged.length;
  check(`of ${count} writes while ${what} none is lost or half made`, [lost, half], [[], []]);
  check("writes went on after each time", count > 10 && whole.length > before.whole, true);
}

/** Writes without a pause through all of them, with three disturbances; answers what was acknowledged. */
async function whileDisturbed(
  through: RunningConsole[],
  label: string,
  disturb: () => Promise<void>,
): Promise<string[]> {
  const acknowledged: string[] = [];
  let writing = true;
  const writers = through.map(async ({ address }, index) => {
    for (let turn = 1; writing; turn += 1) {
      const name = `${label}-${index}-${turn}`;
      await write({ address, databaseUrl: url }, name).then(
        () => acknowledged.push(name),
        () => pause(50),
      );
    }
  });
  for (let times = 0; times < 3; times += 1) {
    await pause(1_500);
    await disturb();
  }
  const then = acknowledged.length;
  // The consoles come back by themselves: each has to be heard of again.
  for (let tries = 0; tries < 300 && acknowledged.length < then + 6; tries += 1) await pause(100);
  writing = false;
  await Promise.all(writers);
  return acknowledged;
}

async function counted(): Promise<{ whole: number; half: number }> {
  const { whole, half } = await found({ address: "", databaseUrl: url });
  return { whole: whole.length, half: half.length };
}

async function ask(to: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: to });
  await client.connect();
  const { rows } = await client.query(sql).finally(() => client.end());
  return rows.map((row) => ({ ...row }));
}
