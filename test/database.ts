import { randomBytes } from "node:crypto";
import pg from "pg";
import { templateName, withDatabase } from "./database-url.ts";

export interface TestDatabase {
  url: string;
  drop: () => Promise<void>;
}

const testServer = () => process.env.TEST_DATABASE_URL;

/** A migrated database of its own, without rows, on the server that `test/postgres.ts` started. */
export function createTestDatabase(server = testServer()): Promise<TestDatabase> {
  return create(server, templateName);
}

/** A database in which nothing has been made yet. */
export function createEmptyDatabase(server = testServer()): Promise<TestDatabase> {
  return create(server, "template0");
}

async function create(server: string | undefined, template: string): Promise<TestDatabase> {
  if (!server) throw new Error("No test server: test/postgres.ts has to run as global set-up.");
  const name = `test_${randomBytes(8).toString("hex")}`;
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
  return {
    url: withDatabase(server, name),
    drop: () => administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function administer(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
