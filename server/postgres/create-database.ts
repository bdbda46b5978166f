import pg from "pg";
import { type Endpoint, urlOf } from "./endpoint.ts";

/** Makes the database if it is not there; a creation that was killed is undone by PostgreSQL itself. */
export async function createDatabase(endpoint: Endpoint, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(endpoint, "postgres") });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
