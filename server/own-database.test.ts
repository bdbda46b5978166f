import pg from "pg";
import { expect, test } from "vitest";
import { createEmptyDatabase } from "#test/database.ts";
import { checkOwnDatabase, refusalOf } from "./own-database.ts";

test("a PostgreSQL that is new enough is taken", async () => {
  const database = await createEmptyDatabase();
  await checkOwnDatabase(database.url);
  await database.drop();
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
