import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { createEmptyDatabase, createTestDatabase } from "#test/database.ts";
import { smallDisk } from "#test/small-disk.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { lockDataFolder } from "./data-lock.ts";
import { startPostgres } from "./postgres/supervisor.ts";
import { projectFolder } from "./project-folder.ts";

/** The console as a process; `output` is what it says on standard error. */
function run(settings: Record<string, string>) {
  const child = spawn(
    process.execPath,
    ["--experimental-strip-types", join(projectFolder, "server", "main.ts")],
    {
      env: {
        PATH: process.env.PATH,
        NODE_ENV: "test",
        NODE_NO_WARNINGS: "1",
        PORT: "0",
        HOST: "127.0.0.1",
        ...settings,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const output = { text: "" };
  child.stderr.on("data", (chunk) => {
    output.text += chunk;
  });
  return { child, output };
}

/** Runs the console until it ends, which it has to do with one sentence and exit code 1. */
async function sentenceOf(settings: Record<string, string>): Promise<string> {
  const { child, output } = run(settings);
  child.stdout.resume();
  const [code] = await once(child, "close");
  expect(code, output.text).toBe(1);
  expect(output.text.trim().split("\n")).toHaveLength(1);
  return output.text.trim();
}

test("a wrong setting stops the start", async () => {
  expect(await sentenceOf({ PORT: "many", BAILIWICK_DATA: await temporaryFolder() })).toMatch(
    /^PORT .*65535.*3000.*"many"\.$/,
  );
});

test("a folder that another console uses stops the start", async () => {
  const folder = await temporaryFolder();
  const lock = await lockDataFolder(folder);
  await lock.announce("http://localhost:3000");
  expect(await sentenceOf({ BAILIWICK_DATA: folder })).toMatch(
    new RegExp(`${process.pid}.*http://localhost:3000.*${folder}.*BAILIWICK_DATA\\.$`),
  );
  await lock.release();
});

test("a port in use stops the start before anything is set up", async () => {
  const folder = await temporaryFolder();
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as { port: number };
  expect(await sentenceOf({ PORT: String(port), BAILIWICK_DATA: folder })).toContain(` PORT=${port + 1}`);
  taken.close();
});

test("a folder that cannot be written stops the start", async () => {
  expect(await sentenceOf({ BAILIWICK_DATA: "/dev/null/data" })).toMatch(
    /\/dev\/null\/data.*BAILIWICK_DATA\.$/,
  );
});

test("a database that does not exist stops the start at once, and its password stays unsaid", async () => {
  const database = await createEmptyDatabase();
  const url = Object.assign(new URL(database.url), { pathname: "/absent", password: "hunter2" }).href;
  const sentence = await sentenceOf({ DATABASE_URL: url, BAILIWICK_DATA: await temporaryFolder() });
  expect(sentence).toMatch(/\/absent.*DATABASE_URL/);
  expect(sentence).not.toContain("hunter2");
  await database.drop();
});

test("a database that is late is waited for, until the console is told to stop", async () => {
  const { child, output } = run({
    DATABASE_URL: "postgresql://user:hunter2@127.0.0.1:1/bailiwick",
    BAILIWICK_DATA: await temporaryFolder(),
  });
  const [said] = await once(child.stdout, "data");
  expect(String(said)).toMatch(/127\.0\.0\.1:1\/bailiwick.*ECONNREFUSED/);
  expect(String(said)).not.toContain("hunter2");
  child.kill("SIGTERM");
  expect(await once(child, "close")).toEqual([0, null]);
  expect(output.text).toBe("");
});

test("a catalogue that does not exist stops the start", async () => {
  const database = await createEmptyDatabase();
  const settings = {
    DATABASE_URL: database.url,
    BAILIWICK_CATALOGUE: "nowhere",
    BAILIWICK_DATA: await temporaryFolder(),
  };
  expect(await sentenceOf({ ...settings, LOG_LEVEL: "warn" })).toContain("nowhere");
  await database.drop();
});

/** A data folder that a console has used, stopped in order. */
async function usedFolder(): Promise<{ data: string; cluster: string }> {
  const data = await temporaryFolder();
  const cluster = join(data, "postgres");
  await (await startPostgres({ folder: cluster, durable: false })).stop();
  return { data, cluster };
}

/** Each fault is made in a folder that worked; the sentence has to name the cause and where it lies. */
const faults: Record<string, [make: (place: { data: string; cluster: string }) => Promise<unknown>, RegExp]> =
  {
    "a damaged lock": [
      ({ data }) => writeFile(join(data, "console.lock"), "x".repeat(4096)),
      /console\.lock is damaged .*delete it/,
    ],
    "a missing write-ahead log": [
      ({ cluster }) => rm(join(cluster, "pg_wal"), { recursive: true }),
      /pg_wal.* backup\. .*postgres\.log\.$/,
    ],
    "a damaged control file": [
      ({ cluster }) => writeFile(join(cluster, "global", "pg_control"), "x"),
      /did not start: .*pg_control.*postgres\.log\.$/,
    ],
    "a damaged secret": [({ data }) => writeFile(join(data, "secret"), "x"), /data|secret/],
    "a damaged password": [
      ({ data }) => writeFile(join(data, "postgres-password"), "x"),
      /postgres-password/,
    ],
    "another version's data": [
      ({ cluster }) => writeFile(join(cluster, "PG_VERSION"), "12\n"),
      /PostgreSQL 12 .*PostgreSQL 18/,
    ],
  };

test.each(Object.entries(faults))("%s stops the start", async (_name, [make, sentence]) => {
  const place = await usedFolder();
  await make(place);
  const said = await sentenceOf({ BAILIWICK_DATA: place.data });
  expect(said).toMatch(sentence);
  expect(said).not.toContain("/proc/self");
});

test.each(["16k", "1m", "30m", "40m"])("a disk of %s stops the start, and is named", async (size) => {
  const disk = smallDisk(size);
  if (!disk) return;
  onTestFinished(disk.remove);
  expect(await sentenceOf({ BAILIWICK_DATA: join(disk.folder, "data") })).toMatch(
    /(?:No space left|disk is full).*[Ff]ree some space/,
  );
});

test("a catalogue that is not there stops the start before anything is set up", async () => {
  const data = join(await temporaryFolder(), "data");
  expect(await sentenceOf({ BAILIWICK_DATA: data, BAILIWICK_CATALOGUE: "./mine.yaml" })).toContain(
    "mine.yaml",
  );
  expect(existsSync(join(data, "postgres"))).toBe(false);
});

test("a role that lacks a right stops the start wherever that shows", async () => {
  const database = await createTestDatabase();
  const ask = async (sql: string) => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  const role = `lesser_${randomBytes(4).toString("hex")}`;
  await ask(`CREATE ROLE ${role} LOGIN PASSWORD 'x'`);
  const url = Object.assign(new URL(database.url), { username: role, password: "x" }).href;
  // Each time a little further into the start.
  for (const grant of [
    "SELECT 1",
    `GRANT SELECT ON _prisma_migrations TO ${role}`,
    `GRANT SELECT ON policy TO ${role}`,
  ]) {
    await ask(grant);
    const sentence = await sentenceOf({ DATABASE_URL: url, BAILIWICK_DATA: await temporaryFolder() });
    expect(sentence).toMatch(/permission denied for .*start again\.$/);
  }
  await ask(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  await database.drop();
});

test("a folder that was opened to everybody by a restore is closed again, and starts", async () => {
  const { data, cluster } = await usedFolder();
  await chmod(cluster, 0o777);
  await chmod(join(data, "postgres-password"), 0o644);
  await (await startPostgres({ folder: cluster, durable: false })).stop();
  expect((await stat(cluster)).mode & 0o777).toBe(0o700);
  expect((await stat(join(data, "postgres-password"))).mode & 0o777).toBe(0o600);
});
