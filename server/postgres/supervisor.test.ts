import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { stops } from "#test/stops.ts";
import { readPostmasterFile } from "./postmaster-file.ts";
import { liveness } from "./process-info.ts";
import {
  type EmbeddedPostgres,
  type PostgresEvent,
  type PostgresOptions,
  startPostgres,
} from "./supervisor.ts";

let home: string;
let folder: string;
let running: EmbeddedPostgres[];
let consoles: ChildProcess[];
let events: string[];
beforeEach(async () => {
  // Closed to everybody else, as a home folder is: under root the server's account cannot walk through it.
  home = await mkdtemp(join(tmpdir(), "bailiwick-pg-"));
  folder = join(home, "data", "postgres");
  running = [];
  consoles = [];
  events = [];
});
afterEach(async () => {
  for (const console of consoles) console.kill("SIGKILL");
  const left = await readPostmasterFile(folder);
  if (running.length === 0 && left) await start();
  for (const server of running) await server.stop();
  await rm(home, { recursive: true, force: true });
});

async function start(options: Partial<PostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const onEvent = ({ kind }: PostgresEvent) => events.push(kind);
  const server = await startPostgres({ folder, durable: false, onEvent, ...options });
  running = [server];
  return server;
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  const { rows } = await client.query(sql).finally(() => client.end());
  return rows;
}

/** A console of its own that can be killed: it starts the server, writes a row and says so. */
async function otherConsole(
  account: { uid?: number; gid?: number } = {},
): Promise<{ child: ChildProcess; pid: number; url: string }> {
  const source = `
    import pg from "pg";
    import { startPostgres } from "#server/postgres/supervisor.ts";
    const server = await startPostgres({ folder: ${JSON.stringify(folder)}, durable: false });
    const client = new pg.Client({ connectionString: server.urls.owner });
    client.on("error", () => {});
    await client.connect();
    await client.query("CREATE TABLE kept AS SELECT 1 AS id");
    console.log(JSON.stringify({ pid: server.pid(), url: server.urls.owner }));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", source], {
    stdio: ["ignore", "pipe", "inherit"],
    ...account,
  });
  consoles.push(child);
  const [line] = await once(child.stdout as NodeJS.ReadableStream, "data");
  return { child, ...JSON.parse(String(line)) };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

test("a new folder becomes a durable server that nobody else can reach, and stops without a trace", async () => {
  const server = await start({ durable: true });
  const settings =
    "fsync synchronous_commit full_page_writes data_checksums server_encoding listen_addresses".split(" ");
  const [row] = await ask(
    server.urls.owner,
    `SELECT ${settings.map((name) => `current_setting('${name}') AS ${name}`).join()}, 'a' < 'B' AS az`,
  );
  expect(row).toEqual({
    fsync: "on",
    synchronous_commit: "on",
    full_page_writes: "on",
    data_checksums: "on",
    server_encoding: "UTF8",
    listen_addresses: "",
    az: false,
  });
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  const socketFolder = new URL(server.urls.owner).searchParams.get("host") as string;
  const pid = server.pid();
  await server.stop();
  expect(await liveness(pid)).toBe("gone");
  if (socketFolder !== folder) await expect(stat(socketFolder)).rejects.toThrow("ENOENT");
  expect(await readPostmasterFile(folder)).toBeUndefined();
  const again = await start();
  expect(await ask(again.urls.owner, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  expect(events).toEqual(["initialising"]);
});

test("a path of 150 characters with spaces and quotes is fine", async () => {
  folder = join(
    dirname(folder),
    `it's "a" long path, with spaces ${"x".repeat(150 - folder.length)}`,
    "postgres",
  );
  expect(folder.length).toBeGreaterThan(150);
  const server = await start();
  expect(await ask(server.urls.owner, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("a killed PostgreSQL comes back at the same address with everything that was acknowledged", async () => {
  const server = await start();
  const pool = new pg.Pool({ connectionString: server.urls.owner, connectionTimeoutMillis: 1_000 });
  pool.on("error", () => undefined);
  await pool.query("CREATE TABLE kept AS SELECT 1 AS id");
  for (const round of [1, 2, 3]) {
    const before = server.pid();
    process.kill(before, "SIGKILL");
    const again = () =>
      pool.query("SELECT id FROM kept").then(
        ({ rows }) => rows,
        () => [],
      );
    await expect.poll(again, { timeout: 10_000 }).toEqual([{ id: 1 }]);
    await expect
      .poll(() => events.filter((event) => event === "restarted"), { timeout: 10_000 })
      .toHaveLength(round);
    expect(server.pid()).not.toBe(before);
  }
  await pool.end();
});

test("after a killed console the next one joins the server that still runs", async () => {
  const first = await otherConsole();
  await kill(first.child);
  expect(await liveness(first.pid)).toBe("alive");
  const server = await start();
  expect(events).toEqual(["joined"]);
  expect(server.pid()).toBe(first.pid);
  expect(await ask(server.urls.owner, "SELECT id FROM kept")).toEqual([{ id: 1 }]);
  process.kill(first.pid, "SIGKILL");
  await expect.poll(() => events, { timeout: 10_000 }).toContain("restarted");
  expect(await ask(server.urls.owner, "SELECT id FROM kept")).toEqual([{ id: 1 }]);
  await server.stop();
  expect(await liveness(server.pid())).toBe("gone");
});

test("after a killed console and a killed server the next start recovers", async () => {
  const first = await otherConsole();
  await kill(first.child);
  process.kill(first.pid, "SIGKILL");
  const server = await start();
  expect(events).toEqual(["recovering"]);
  expect(await ask(server.urls.owner, "SELECT id FROM kept")).toEqual([{ id: 1 }]);
});

test("a killed server whose parent never buried it does not stop the next start", async () => {
  const first = await otherConsole();
  first.child.kill("SIGSTOP");
  process.kill(first.pid, "SIGKILL");
  await expect.poll(() => readFile(`/proc/${first.pid}/stat`, "utf8")).toMatch(/\) Z /);
  const server = await start();
  expect(await ask(server.urls.owner, "SELECT id FROM kept")).toEqual([{ id: 1 }]);
});

test("a process id that somebody else has by now does not stop the next start", async () => {
  const first = await otherConsole();
  await kill(first.child);
  process.kill(first.pid, "SIGKILL");
  const stranger = spawn("sleep", ["60"]);
  consoles.push(stranger);
  const file = join(folder, "postmaster.pid");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/^\d+/, String(stranger.pid)));
  const server = await start();
  expect(await ask(server.urls.owner, "SELECT id FROM kept")).toEqual([{ id: 1 }]);
  expect(await liveness(stranger.pid as number)).toBe("alive");
});

test("an empty lock file, as a power cut leaves it, does not stop the next start", async () => {
  const first = await otherConsole();
  await kill(first.child);
  process.kill(first.pid, "SIGKILL");
  await writeFile(join(folder, "postmaster.pid"), "");
  const server = await start();
  // Nothing names the killed server's socket any more.
  const socketFolder = new URL(first.url).searchParams.get("host") as string;
  if (socketFolder !== folder) await rm(socketFolder, { recursive: true });
  expect(await ask(server.urls.owner, "SELECT id FROM kept")).toEqual([{ id: 1 }]);
});

test("an initialisation that was killed is begun anew", async () => {
  await mkdir(join(`${folder}.new`, "base"), { recursive: true });
  await writeFile(join(`${folder}.new`, "PG_VERSION"), "18\n");
  const server = await start();
  expect(await ask(server.urls.owner, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  expect((await readdir(dirname(folder))).sort()).toEqual(["postgres", "postgres-password", "postgres.log"]);
});

test("a start that is told to stop ends at once and leaves no server behind", async () => {
  const stop = new AbortController();
  // While it initialises, and while it starts.
  for (const after of [150, 700]) {
    setTimeout(() => stop.abort(), after);
    const begun = Date.now();
    await start({ signal: stop.signal }).then(
      (server) => server.stop(),
      () => undefined,
    );
    expect(Date.now() - begun).toBeLessThan(15_000);
    const left = await readPostmasterFile(folder);
    if (left) expect(await liveness(left.pid)).toBe("gone");
    running = [];
  }
  await expect(start({ signal: stop.signal })).rejects.toThrow();
  expect(await ask((await start()).urls.owner, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("a folder restored by root, and one that root takes over, work", async () => {
  if (process.getuid?.() !== 0) return;
  await (await start()).stop();
  for (const entry of ["", ...(await readdir(folder, { recursive: true }))])
    await chown(join(folder, entry), 0, 0);
  await (await start()).stop();
  expect((await stat(folder)).uid).not.toBe(0);
});

test("an ordinary account needs no other, and root joins what it started", async () => {
  if (process.getuid?.() !== 0) return;
  // Any that has a name and is no shared one.
  const account = { uid: 1, gid: 1 };
  await mkdir(dirname(folder));
  for (const path of [dirname(dirname(folder)), dirname(folder)]) await chown(path, account.uid, account.gid);
  const first = await otherConsole(account);
  expect((await stat(folder)).uid).toBe(account.uid);
  await kill(first.child);
  const server = await start();
  expect(events).toEqual(["joined"]);
  expect(await ask(server.urls.owner, "SELECT id FROM kept")).toEqual([{ id: 1 }]);
});

test("on loopback a password guards it", async () => {
  const server = await start({ loopback: true });
  expect(await ask(server.urls.owner, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  const guess = new URL(server.urls.owner);
  guess.password = "guess";
  await expect(ask(guess.href, "SELECT 1")).rejects.toThrow("password authentication failed");
  await server.stop();
  expect(await ask((await start({ loopback: true })).urls.owner, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("data of another PostgreSQL and a folder of other things are refused in one sentence", async () => {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "PG_VERSION"), "19\n");
  await expect(start()).rejects.toEqual(stops("other_postgres", folder, "19", "18"));
  await rm(join(folder, "PG_VERSION"));
  await writeFile(join(folder, "thesis.txt"), "");
  await expect(start()).rejects.toEqual(stops("folder_not_empty", folder, join(folder, "thesis.txt")));
});

test("a server that cannot start says why in one sentence", async () => {
  await (await start()).stop();
  running = [];
  await writeFile(join(folder, "postgresql.conf"), "no such setting = 1\n");
  await expect(start()).rejects.toEqual(stops("postgres_not_started", "postgresql.conf", "/postgres.log"));
});
