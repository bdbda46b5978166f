import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import pg from "pg";
import { expect, test, vi } from "vitest";
import { createEmptyDatabase } from "#test/database.ts";
import { freePort } from "#test/running-console.ts";
import { isNotUpYet } from "./not-up-yet.ts";
import { checkOwnDatabase, refusalOf } from "./own-database.ts";
import { pause } from "./pause.ts";

test("a PostgreSQL that is new enough is taken", async () => {
  const database = await createEmptyDatabase();
  await checkOwnDatabase(database.url);
  await database.drop();
});

const nowhere = "postgresql://user:hunter2@127.0.0.1:1/bailiwick";

test("a database that cannot be reached is named without its password", async () => {
  const refusal = checkOwnDatabase(nowhere);
  await expect(refusal).rejects.toMatchObject({
    reason: "database_unreachable",
    message: expect.stringMatching(/127\.0\.0\.1:1\/bailiwick.*ECONNREFUSED.*DATABASE_URL/),
  });
  await expect(refusal).rejects.not.toMatchObject({ message: expect.stringContaining("hunter2") });
});

test("a database that is late is waited for, which is said once", async () => {
  const database = await createEmptyDatabase();
  const said = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const { hostname, port, searchParams } = new URL(database.url);
  const socket = searchParams.get("host");
  const late = createServer((client) => {
    const server = connect(
      socket ? { path: `${socket}/.s.PGSQL.${port || 5432}` } : { host: hostname, port: Number(port) },
    );
    client.on("error", () => server.destroy()).pipe(server);
    server.on("error", () => client.destroy()).pipe(client);
  });
  const at = await freePort();
  const url = Object.assign(new URL(database.url), { hostname: "127.0.0.1", port: String(at), search: "" });
  const checked = checkOwnDatabase(url.href, "DATABASE_URL", { patience: 60_000 });
  await vi.waitUntil(() => said.mock.calls.length > 0);
  await pause(1_200);
  late.listen(at, "127.0.0.1");
  await checked;
  expect(said.mock.calls.map(String)).toEqual([expect.stringContaining(`127.0.0.1:${at}/`)]);
  said.mockRestore();
  late.close();
  await database.drop();
});

test("waiting ends when the start is called off, also where a server says nothing", async () => {
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  for (const url of [nowhere, `postgresql://x@127.0.0.1:${port}/x`]) {
    const stop = new AbortController();
    const said = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const checked = checkOwnDatabase(url, "DATABASE_URL", { patience: 600_000, signal: stop.signal });
    if (url === nowhere) await vi.waitUntil(() => said.mock.calls.length > 0);
    else await once(silent, "connection");
    stop.abort(new Error("called off"));
    await expect(checked).rejects.toThrow("called off");
    said.mockRestore();
  }
  silent.close();
});

test("a patience that runs out, and what no waiting mends, stop the start", async () => {
  const said = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const unreachable = { reason: "database_unreachable" };
  await expect(checkOwnDatabase(nowhere, "DATABASE_URL", { patience: 20 })).rejects.toMatchObject(
    unreachable,
  );
  said.mockClear();
  const database = await createEmptyDatabase();
  const absent = Object.assign(new URL(database.url), { pathname: "/absent" }).href;
  const stranger = Object.assign(new URL(database.url), { username: "nobody_here", password: "x" }).href;
  for (const url of [absent, stranger])
    await expect(checkOwnDatabase(url, "DATABASE_URL", { patience: 600_000 })).rejects.toMatchObject(
      unreachable,
    );
  expect(said).not.toHaveBeenCalled();
  said.mockRestore();
  await database.drop();
});

test.each([
  [true, { code: "57P03", message: "the database system is starting up" }],
  [true, { code: "53300", message: "sorry, too many clients already" }],
  [true, { code: "ENOTFOUND" }],
  [true, { code: "EAI_AGAIN" }],
  [true, new AggregateError([Object.assign(new Error(), { code: "ECONNREFUSED" })])],
  [true, { code: "08P01", message: "server login has been failing (server_login_retry)" }],
  [false, { code: "28P01", message: "password authentication failed" }],
  [false, { code: "3D000" }],
  [false, new Error("The server does not support SSL connections")],
])("%s: it is worth waiting after %o", (worth, error) => {
  expect(isNotUpYet(error)).toBe(worth);
});

const suitable = {
  version: "15.4 (Debian)",
  encoding: "UTF8",
  timeZone: "UTC",
  readOnly: false,
  schema: "public",
  hiddenTrigrams: null,
  wantedSchema: null,
  transactions: true,
};

test("what does not suit is refused with a remedy", () => {
  expect(refusalOf(suitable)).toBeUndefined();
  expect(refusalOf({ ...suitable, wantedSchema: "public" })).toBeUndefined();
  expect(refusalOf({ ...suitable, version: "14.11" })).toMatch(/14\.11.*\b15\b.*DATABASE_URL/);
  expect(refusalOf({ ...suitable, encoding: "SQL_ASCII" })).toContain("ENCODING 'UTF8'");
  expect(refusalOf({ ...suitable, transactions: false })).toContain("pool_mode");
  expect(refusalOf({ ...suitable, timeZone: "Europe/Berlin" })).toContain("ignore_startup_parameters");
  expect(refusalOf({ ...suitable, schema: null })).toContain("search_path");
  expect(refusalOf({ ...suitable, wantedSchema: "tools" })).toMatch(/tools.*search_path/);
});

test.each([
  ["read-only", "SET default_transaction_read_only = on", /primary server/],
  ["with another place for tables", "SET search_path = other, public", /\bother\b.*search_path/],
  ["with pg_trgm where it is not found", undefined, /ALTER EXTENSION pg_trgm/],
])("a database %s is told from one that suits", async (_what, setting, words) => {
  const database = await createEmptyDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query("CREATE SCHEMA other");
  if (setting) await client.query(`ALTER DATABASE "${client.database}" ${setting}`);
  else await client.query("CREATE EXTENSION pg_trgm SCHEMA other");
  await client.end();
  await expect(checkOwnDatabase(database.url)).rejects.toMatchObject({
    reason: "database_unsuitable",
    message: expect.stringMatching(words),
  });
  await database.drop();
});
