import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { product } from "#lib/kernel/caller.ts";
import { database, transaction } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { log } from "#lib/kernel/log.ts";
import { defineCommand, runCommand } from "#lib/kernel/operation.ts";
import { watchStatements } from "#test/counts/watch-statements.ts";
import { openInstallation, pointAt } from "#test/installation.ts";
import { visitor } from "#test/people.ts";
import { grantToApplication } from "./grants.ts";
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

test.each([
  "sessions",
  "rate_limits",
  // As an index that is being made: people can still be read.
  "users IN SHARE MODE",
  "audit_events",
])("a lock on %s makes it unready, and its end ready", async (table) => {
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

describe("as a role that only serves requests", () => {
  const role = `serving_${randomBytes(4).toString("hex")}`;
  beforeEach(async () => {
    const owner = env().databaseUrl ?? "";
    await operator.query(`CREATE ROLE ${role} LOGIN PASSWORD 'x'`);
    const serving = Object.assign(new URL(owner), { username: role, password: "x" }).href;
    await grantToApplication(owner, serving);
    pointAt(serving);
  });
  afterEach(async () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    await database().$disconnect();
    await operator.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  });
  const change = defineCommand({
    name: "change something",
    needs: "public",
    input: z.object({}),
    run: async () => ({ target: { kind: "settings", name: "x" }, result: true }),
  });
  const minute = 60_000;
  const callNow = () => ({ ...visitor(), at: new Date() });

  test.each([-59, 0, 4])("%i minutes between the clocks are no hindrance", async (minutes) => {
    vi.setSystemTime(Date.now() + minutes * minute);
    expect(await isReady()).toBe(true);
    expect(await runCommand(change, callNow(), {})).toBe(true);
  });

  test.each([-62, 6])("%i minutes make it unready, and changes say why", async (minutes) => {
    const warn = vi.spyOn(log(), "warn").mockReturnValue();
    const there = new Date();
    const here = new Date(there.getTime() + minutes * minute);
    vi.setSystemTime(here);
    for (let times = 0; times < 3; times += 1)
      await expect(runCommand(change, callNow(), {})).rejects.toMatchObject({
        code: "unavailable",
        reason: "clocks_differ",
      });
    expect(await isReady()).toBe(false);
    expect(warn).toHaveBeenCalledTimes(1);
    const [facts] = warn.mock.calls[0] ?? [];
    const said = String((facts as unknown as { err: Error }).err.message);
    for (const clock of [here, there])
      expect(said).toContain(clock.toISOString().slice(0, 13).replace("T", " "));
  });

  test("readiness alone names both clocks too", async () => {
    const warn = vi.spyOn(log(), "warn").mockReturnValue();
    const there = new Date();
    vi.setSystemTime(there.getTime() + 3 * 60 * minute);
    expect(await isReady()).toBe(false);
    const said = JSON.stringify(warn.mock.calls, (_key, value) =>
      value instanceof Error ? value.message : value,
    );
    for (const clock of [new Date(), there]) expect(said).toContain(clock.toISOString().slice(0, 13));
    expect(warn.mock.calls[0]?.[0]).toMatchObject({ reason: "clocks_differ" });
  });
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
