import pg from "pg";
import { expect, test } from "vitest";
import { createTestDatabase } from "./database.ts";

test("test databases are migrated, and apart from one another", async () => {
  const made = await Promise.all([createTestDatabase(), createTestDatabase(), createTestDatabase()]);
  for (const database of made) {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query("SELECT count(*)::int AS applied FROM _prisma_migrations");
    expect(rows[0].applied).toBeGreaterThan(0);
    await client.query("CREATE TABLE only_here (id int)");
    await client.end();
    await database.drop();
  }
});
