import { randomBytes } from "node:crypto";
import pg from "pg";
import { templateName, withDatabase } from "./database-url.ts";

export interface TestDatabase {
  url: string;
  drop: () => Promise<void>;
}

const testServer = () => process.env.TEST_DATABASE_URL;
/** A pooler would keep connections to what is copied or removed. */
const direct = (server = testServer()) =>
  server === testServer() ? (process.env.TEST_SERVER_URL ?? server) : server;

/** A migrated database of its own, without rows unless its template has some, on the server that `test/postgres.ts` started. */
export function createTestDatabase(server = testServer(), template = templateName): Promise<TestDatabase> {
  return create(server, template);
}

/** A database in which nothing has been made yet. */
export function createEmptyDatabase(server = testServer()): Promise<TestDatabase> {
  return create(server, "template0");
}

/** Templates of which this process knows that they are there. */
const known = new Set<string>();

/**
 * Makes a template database unless another test file of this run has made it.
 * @param fill puts into a migrated database, by its address, what all copies have
 * @returns its name, which is `name` as it was given
 */
export async function ensureTemplate(name: string, fill: (url: string) => Promise<void>): Promise<string> {
  if (known.has(name)) return name;
  await administer(direct(), async (client) => {
    // Two workers may want it at once: the second waits, and finds it.
    await client.query("SELECT pg_advisory_lock(hashtext($1))", [name]);
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1 AND datistemplate", [
      name,
    ]);
    if (rowCount === 1) return;
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${templateName}`);
    try {
      await fill(withDatabase(direct() as string, name));
    } catch (error) {
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      throw error;
    }
    await client.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`);
  });
  known.add(name);
  return name;
}

async function create(server: string | undefined, template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  await administer(direct(server), (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`),
  );
  return {
    url: withDatabase(server as string, name),
    drop: async () => {
      await administer(direct(server), (client) =>
        client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
      );
    },
  };
}

async function administer<T>(
  server: string | undefined,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  if (!server) throw new Error("No test server: test/postgres.ts has to run as global set-up.");
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  return work(client).finally(() => client.end());
}
