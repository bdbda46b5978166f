import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { product } from "#lib/kernel/caller.ts";
import { database, transaction } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { watchStatements } from "#test/counts/watch-statements.ts";
import { openInstallation, pointAt } from "#test/installation.ts";
import { databaseHealth } from "./health.ts";

let close: () => Promise<void>;
let operator: pg.Client;
beforeEach(async () => {
  close = await openInstallation();
  operator = new pg.Client({ connectionString: env().databaseUrl });
  await operator.connect();
});
afterEach(async () => {
  await operator.end();
  await close();
});

const isReady = async () => (await databaseHealth()).ready();
/** For the connections that are opened from now on. */
async function setForDatabase(setting: string) {
  const name = new URL(env().databaseUrl ?? "").pathname.slice(1);
  await operator.query(`ALTER DATABASE "${name}" SET ${setting}`);
  await database().$disconnect();
  pointAt();
}

test("a database that people can work with is ready, also while changes of access wait for one another", async () => {
  expect(await isReady()).toBe(true);
  await operator.query("BEGIN");
  await operator.query("SELECT pg_advisory_xact_lock(7318001)");
  const waiting = Array.from({ length: 32 }, (_, count) =>
    transaction((tx) => tx.$executeRaw`SELECT pg_advisory_xact_lock(7318001)`, {
      turnOf: product(`writer ${count}`),
      changesAccess: true,
    }),
  );
  expect(await isReady()).toBe(true);
  await operator.query("COMMIT");
  await Promise.all(waiting);
});

test.each([
  ["is read-only", "default_transaction_read_only = on"],
  // As on a full disk: what is written to a file is refused.
  ["has no room", "temp_file_limit = 0"],
])("a database that %s is not ready", async (_what, setting) => {
  await setForDatabase(setting);
  expect(await isReady()).toBe(false);
});

test.each(["sessions", "rate_limits"])("a lock on %s makes it unready, and its end ready", async (table) => {
  await operator.query("BEGIN");
  await operator.query(`LOCK TABLE ${table}`);
  expect(await isReady()).toBe(false);
  await operator.query("COMMIT");
  expect(await isReady()).toBe(true);
});

test("a pool that gives nothing is not ready", async () => {
  const size = env().databasePoolSize;
  const busy = Array.from({ length: size }, async () => database().$queryRaw`SELECT pg_sleep(3)::text`);
  expect(await isReady()).toBe(false);
  await Promise.all(busy);
});

test("a database that lacks a migration, or is gone, is not ready", async () => {
  await operator.query(
    "UPDATE _prisma_migrations SET rolled_back_at = now() WHERE started_at = (SELECT max(started_at) FROM _prisma_migrations)",
  );
  expect(await isReady()).toBe(false);
  const url = env().databaseUrl;
  pointAt("postgresql://nobody@127.0.0.1:1/x");
  expect(await isReady()).toBe(false);
  pointAt(url);
});

test("a console that stops is not ready, whatever it answered a moment ago", async () => {
  const stopping = new AbortController();
  const health = await databaseHealth(stopping.signal);
  expect(await health.ready()).toBe(true);
  stopping.abort();
  expect(await health.ready()).toBe(false);
});

test("however many ask, it looks once", async () => {
  const url = env().databaseUrl ?? "";
  const wire = await watchStatements(url);
  pointAt(wire.url);
  const health = await databaseHealth();
  const { result, sent } = await wire.during(() => Promise.all(Array.from({ length: 100 }, health.ready)));
  expect(result).toEqual(Array(100).fill(true));
  expect(sent.length).toBeLessThan(10);
  await database().$disconnect();
  await wire.close();
  pointAt(url);
});
