import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createEmptyDatabase, type TestDatabase } from "#test/database.ts";
import { stops } from "#test/stops.ts";
import { migrate, pendingMigrations } from "./migrate.ts";
import type { Migration } from "./migrations.ts";

let database: TestDatabase;
let client: pg.Client;
beforeEach(async () => {
  database = await createEmptyDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

const migration = (name: string, sql: string): Migration => ({
  name,
  sql,
  checksum: createHash("sha256").update(sql).digest("hex"),
});
const first = migration("1_first", "CREATE TABLE a (id int); INSERT INTO a VALUES (1);");
/** Semicolons in a body and in a string: a script is not to be cut at them. */
const second = migration(
  "2_second",
  `CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'no; never'; RETURN NULL; END; $$ LANGUAGE plpgsql;
   CREATE TRIGGER refuse BEFORE DELETE ON a EXECUTE FUNCTION refuse(); -- the end; really`,
);
const broken = migration(
  "3_broken",
  "CREATE TABLE half (id int); INSERT INTO half VALUES (1); SELECT * FROM nowhere;",
);
const rowsOf = async (sql: string) => (await client.query(sql)).rows;

test("an empty database gets everything in order, and a second run finds nothing to do", async () => {
  expect(await pendingMigrations(client, [first, second])).toEqual(["1_first", "2_second"]);
  expect(await migrate(database.url, [first, second])).toEqual(["1_first", "2_second"]);
  expect(await migrate(database.url, [first, second])).toEqual([]);
  expect(await pendingMigrations(client, [first, second])).toEqual([]);
  const rows = await rowsOf(
    "SELECT migration_name, applied_steps_count, finished_at >= started_at AS done FROM _prisma_migrations",
  );
  expect(rows).toEqual([
    { migration_name: "1_first", applied_steps_count: 1, done: true },
    { migration_name: "2_second", applied_steps_count: 1, done: true },
  ]);
  await expect(client.query("DELETE FROM a")).rejects.toThrow("no; never");
});

test("a database of the release before gets the rest", async () => {
  await migrate(database.url, [first]);
  expect(await pendingMigrations(client, [first, second])).toEqual(["2_second"]);
  expect(await migrate(database.url, [first, second])).toEqual(["2_second"]);
});

test("two processes that start at once migrate once", async () => {
  const slow = migration("2_slow", "SELECT pg_sleep(0.3); INSERT INTO a VALUES (2);");
  const source = `import { migrate } from "#server/migrate.ts";
    console.log(JSON.stringify(await migrate(process.argv[1], JSON.parse(process.argv[2]))));`;
  const run = async () => {
    const args = [
      "--input-type=module-typescript",
      "-e",
      source,
      database.url,
      JSON.stringify([first, slow]),
    ];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    await once(child, "close");
    return JSON.parse(output);
  };
  const results = await Promise.all([run(), run(), run()]);
  expect(results.flat().sort()).toEqual(["1_first", "2_slow"]);
  expect(await rowsOf("SELECT id FROM a ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
});

test("a migration that fails leaves nothing, says so, and works once it is mended", async () => {
  await migrate(database.url, [first]);
  await expect(migrate(database.url, [first, broken])).rejects.toEqual(
    stops("migration_failed", "3_broken", 'relation "nowhere" does not exist'),
  );
  expect(await rowsOf("SELECT to_regclass('half') AS half, count(*)::int FROM _prisma_migrations")).toEqual([
    { half: null, count: 1 },
  ]);
  const mended = migration("3_broken", "CREATE TABLE half (id int)");
  expect(await migrate(database.url, [first, mended])).toEqual(["3_broken"]);
});

test("a process that is killed in the middle of a migration leaves nothing half made", async () => {
  const slow = migration("2_slow", "CREATE TABLE half (id int); SELECT pg_sleep(30);");
  const source = `import { migrate } from "#server/migrate.ts"; await migrate(process.argv[1], JSON.parse(process.argv[2]));`;
  const child = spawn(process.execPath, [
    "--input-type=module-typescript",
    "-e",
    source,
    database.url,
    JSON.stringify([first, slow]),
  ]);
  const sleeping =
    "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()";
  await expect.poll(() => rowsOf(sleeping), { timeout: 10_000 }).toHaveLength(1);
  child.kill("SIGKILL");
  const [{ pid }] = (await rowsOf(sleeping)) as [{ pid: number }];
  await client.query("SELECT pg_terminate_backend($1)", [pid]);
  expect(await migrate(database.url, [first, second])).toEqual(["2_second"]);
  expect(await rowsOf("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
});

test("a migration that was edited after it had been applied is refused", async () => {
  await migrate(database.url, [first]);
  const edited = { ...first, checksum: "0".repeat(64) };
  await expect(migrate(database.url, [edited, second])).rejects.toEqual(
    stops("migration_changed", "1_first"),
  );
  await expect(pendingMigrations(client, [edited])).rejects.toEqual(stops("migration_changed", "1_first"));
  expect(await rowsOf("SELECT count(*)::int FROM _prisma_migrations")).toEqual([{ count: 1 }]);
});

test("a database of a newer release is refused", async () => {
  await migrate(database.url, [first, second]);
  await expect(migrate(database.url, [first])).rejects.toEqual(stops("migration_unknown", "2_second"));
});

test("a migration that another tool began and did not finish is refused", async () => {
  await migrate(database.url, [first]);
  await client.query(
    "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', $1, '2_second')",
    [second.checksum],
  );
  await expect(migrate(database.url, [first, second])).rejects.toEqual(
    stops("migration_unfinished", "2_second"),
  );
});

/** As Prisma's tools hold it, and as a pooler keeps it for a client that is gone. */
const holdLock = () => client.query("SELECT pg_advisory_lock(72707369)");

test("a database that lacks nothing is only read: whoever holds the lock is not waited for", async () => {
  await migrate(database.url, [first]);
  await holdLock();
  expect(await migrate(database.url, [first])).toEqual([]);
});

test("a start that has to wait for its turn says for whom, and goes on when it comes", async () => {
  const said = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const words = () => said.mock.calls.map(([line]) => String(line)).join("");
  await holdLock();
  const [{ pid }] = (await rowsOf("SELECT pg_backend_pid() AS pid")) as [{ pid: number }];
  const starting = migrate(database.url, [first]);
  await expect.poll(words, { timeout: 20_000 }).toContain(`pg_terminate_backend(${pid})`);
  said.mockRestore();
  expect(await rowsOf("SELECT to_regclass('a') AS a")).toEqual([{ a: null }]);
  await client.query("SELECT pg_advisory_unlock_all()");
  expect(await starting).toEqual(["1_first"]);
});

test("a start that is called off while it waits for its turn ends at once, and migrates nothing afterwards", async () => {
  await holdLock();
  const told = new AbortController();
  const starting = migrate(database.url, [first], told.signal);
  told.abort();
  await expect(starting).rejects.toBe(told.signal.reason);
  await client.query("SELECT pg_advisory_unlock_all()");
  expect(await pendingMigrations(client, [first])).toEqual(["1_first"]);
});

test("a migration that waits for a table says for whom, lets others through between its tries, and goes on", async () => {
  const said = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const words = () => said.mock.calls.map(([line]) => String(line)).join("");
  await client.query("CREATE TABLE busy (id int)");
  await client.query("BEGIN; LOCK TABLE busy IN ACCESS SHARE MODE");
  const [{ pid }] = (await rowsOf("SELECT pg_backend_pid() AS pid")) as [{ pid: number }];
  const starting = migrate(database.url, [migration("1_alter", "ALTER TABLE busy ADD COLUMN more int")]);
  await expect
    .poll(words, { timeout: 20_000 })
    .toMatch(new RegExp(`1_alter .*process ${pid} .*idle in trans`));
  said.mockRestore();
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  expect((await other.query("SELECT FROM busy")).rows).toEqual([]);
  await other.end();
  await client.query("COMMIT");
  expect(await starting).toEqual(["1_alter"]);
});

test("no lock outlives a migration, whatever becomes of the session", async () => {
  const ended = vi.spyOn(pg.Client.prototype, "end").mockResolvedValue();
  const held = "SELECT objid::int AS lock FROM pg_locks WHERE locktype = 'advisory' AND objid = 72707369";
  await migrate(database.url, [first]);
  await expect(migrate(database.url, [first, broken])).rejects.toThrow("3_broken failed");
  const { rows } = await client.query(held);
  const clients = ended.mock.contexts as pg.Client[];
  ended.mockRestore();
  for (const one of clients) await one.end();
  expect(rows).toEqual([]);
});

test("a role that may create nothing is told what it needs, in one sentence", async () => {
  const role = `nobody_${randomBytes(4).toString("hex")}`;
  await client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'`);
  const url = new URL(database.url);
  url.username = role;
  url.password = "secret";
  await expect(migrate(url.href, [first])).rejects.toMatchObject({
    reason: "migrations_refused",
    message: expect.stringContaining("GRANT CREATE ON SCHEMA public"),
  });
  await migrate(database.url, [first]);
  await client.query(`DROP ROLE ${role}`);
});

test("a database that can only be read is named as one", async () => {
  const [{ name }] = (await rowsOf("SELECT current_database() AS name")) as [{ name: string }];
  await client.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  await expect(migrate(database.url, [first])).rejects.toThrow(/read-only transaction.*primary server/);
});
