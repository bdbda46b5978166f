import { constants, readFileSync, rmSync } from "node:fs";
import { access, mkdtemp, readdir, readlink, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
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
  Object.assign(process.env, { TEST_DATABASE_URL: server.url, TEST_SERVER_URL: server.direct });
  return server.stop;
}

/**
 * `url` leads to a database that test databases are made from. The embedded PostgreSQL, unless TEST_POSTGRES says
 * "debian" or "pgbouncer": the newest one that Debian's packages have brought, directly or behind a pooler. Its sessions
 * begin in the time zone that TEST_TIME_ZONE names.
 */
export async function startTestPostgres(): Promise<{
  url: string;
  /** The server itself, where `url` leads through a pooler: databases are made and removed there. */
  direct: string;
  stop: () => Promise<void>;
}> {
  await sweep();
  const folder = await mkdtemp(join(await placeFor(), `${prefix}${await processes()}-${process.pid}-`));
  const place = join(folder, "pg");
  const forget = stopWithProcess(folder, place);
  const server = process.env.TEST_POSTGRES ? await startDebianPostgres(place) : await startEmbedded(place);
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  const zone = process.env.TEST_TIME_ZONE;
  if (zone) await admin.query(`ALTER ROLE CURRENT_USER SET timezone = ${pg.escapeLiteral(zone)}`);
  await admin.query(`CREATE DATABASE ${templateName}`);
  await migrate(withDatabase(server.url, templateName));
  await admin.query(`ALTER DATABASE ${templateName} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`);
  await admin.end();
  const pooler =
    process.env.TEST_POSTGRES === "pgbouncer" ? await startPooler(server as DebianPostgres) : undefined;
  const stop = async () => {
    forget();
    await pooler?.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: (pooler ?? server).url, direct: server.url, stop };
}

async function startEmbedded(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const { urls, stop } = await startPostgres({ folder, durable: false, connections: 300 });
  return { url: urls.superuser, stop };
}

/** A run that is told to stop takes its server along, in whatever state it is; returns how to do without. */
function stopWithProcess(folder: string, dataFolder: string): () => void {
  const end = () => {
    const [pid, , , , socketFolder] = linesOf(join(dataFolder, "postmaster.pid"));
    if (Number(pid) > 1) process.kill(Number(pid), "SIGQUIT");
    const forget = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 };
    rmSync(folder, forget);
    if (socketFolder && /^bailiwick-[^/]+$/.test(basename(socketFolder))) rmSync(socketFolder, forget);
  };
  const told = () => process.exit(143);
  process.once("exit", end);
  for (const signal of signals) process.once(signal, told);
  return () => {
    process.off("exit", end);
    for (const signal of signals) process.off(signal, told);
  };
}

const signals = ["SIGTERM", "SIGHUP"] as const;

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return [];
  }
}

const prefix = "bailiwick-test-";
const inMemory = "/dev/shm";

/**
 * In memory where there is room: hundreds of databases come and go in a run, each some three hundred files, and a disk
 * takes a third of all the time for making and removing them.
 */
async function placeFor(): Promise<string> {
  const { bavail, bsize } = await access(inMemory, constants.W_OK)
    .then(() => statfs(inMemory))
    .catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize > 2 ** 31 ? inMemory : tmpdir();
}

/** Which processes the numbers are of: another container may share the folders, and not the processes. */
const processes = async () => /\d+/.exec(await readlink("/proc/self/ns/pid").catch(() => "0"))?.[0] ?? "0";

/** Stops and removes the servers of test runs that were killed. */
async function sweep(): Promise<void> {
  const places = [tmpdir(), inMemory].map(async (place) =>
    (await readdir(place).catch(() => [])).map((name) => join(place, name)),
  );
  for (const folder of (await Promise.all(places)).flat()) {
    const owner = new RegExp(`^${prefix}${await processes()}-(\\d+)-`).exec(basename(folder))?.[1];
    if (!owner || (await liveness(Number(owner))) === "alive") continue;
    const left = await readPostmasterFile(join(folder, "pg"));
    if (left && (await isPostmasterOf(left.pid, join(folder, "pg")))) process.kill(left.pid, "SIGQUIT");
    if (left) await removeSocketFolder(left.socketFolder);
    await rm(folder, { recursive: true, force: true });
  }
}
