import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { migrate } from "#server/migrate.ts";
import { readPostmasterFile } from "#server/postgres/postmaster-file.ts";
import { isPostmasterOf, liveness } from "#server/postgres/process-info.ts";
import { removeSocketFolder } from "#server/postgres/socket-folder.ts";
import { startPostgres } from "#server/postgres/supervisor.ts";
import { templateName, withDatabase } from "./database-url.ts";
import { type DebianPostgres, startDebianPostgres } from "./debian-postgres.ts";
import { startPooler } from "./pooler.ts";

/**
 * One throw-away PostgreSQL for a whole test run with a migrated template database.
 * Global set-up of vitest; Playwright's calls `startTestPostgres` itself.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  process.env.TEST_DATABASE_URL = server.url;
  return server.stop;
}

/**
 * `url` leads to a database that test databases are made from. The embedded PostgreSQL, unless TEST_POSTGRES says
 * "debian" or "pgbouncer": the newest one that Debian's packages have brought, directly or behind a pooler.
 */
export async function startTestPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  const place = join(folder, "pg");
  const server = process.env.TEST_POSTGRES
    ? await startDebianPostgres(place)
    : await startPostgres({ folder: place, durable: false, connections: 300 });
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${templateName}`);
  await migrate(withDatabase(server.url, templateName));
  await admin.query(`ALTER DATABASE ${templateName} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`);
  await admin.end();
  const pooler =
    process.env.TEST_POSTGRES === "pgbouncer" ? await startPooler(server as DebianPostgres) : undefined;
  const stop = async () => {
    await pooler?.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: (pooler ?? server).url, stop };
}

const prefix = "bailiwick-test-";

/** Stops and removes the servers of test runs that were killed. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (!owner || (await liveness(Number(owner))) === "alive") continue;
    const folder = join(tmpdir(), name);
    const left = await readPostmasterFile(join(folder, "pg"));
    if (left && (await isPostmasterOf(left.pid, join(folder, "pg")))) process.kill(left.pid, "SIGQUIT");
    if (left) await removeSocketFolder(left.socketFolder);
    await rm(folder, { recursive: true, force: true });
  }
}
