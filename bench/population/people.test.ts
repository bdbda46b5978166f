import pg from "pg";
import { describe, expect, test } from "vitest";
import { env } from "../../lib/kernel/env.ts";
import { openInstallation } from "../../test/installation.ts";
import { fillConsole } from "./fill-console.ts";
import { broadRole, broadWord, lateWord, rareRole, rareWord } from "./markers.ts";

const at = new Date("2026-03-02T09:00:00Z");

async function filled<T>(count: number, look: (client: pg.Client) => Promise<T>): Promise<T> {
  const close = await openInstallation();
  const client = new pg.Client({ connectionString: env().databaseUrl });
  await client.connect();
  try {
    await fillConsole(client, count, at, null);
    return await look(client);
  } finally {
    await client.end();
    await close();
  }
}

const one = async (client: pg.Client, sql: string, values: unknown[] = []): Promise<unknown> =>
  Object.values((await client.query(sql, values)).rows[0])[0];

describe("the population of the bench", () => {
  test("is the same one every time", async () => {
    const sums = (client: pg.Client) =>
      one(
        client,
        `SELECT concat_ws(' ',
          (SELECT md5(string_agg(u::text, '' ORDER BY id)) FROM users u),
          (SELECT md5(string_agg(concat(id, user_id, ends_at), '' ORDER BY id)) FROM assignments),
          (SELECT md5(string_agg(s::text, '' ORDER BY id)) FROM sessions s),
          (SELECT md5(string_agg(m::text, '' ORDER BY user_id)) FROM team_members m))`,
      );
    expect(await filled(500, sums)).toBe(await filled(500, sums));
  });

  test("has the shares that the measures ask for", async () => {
    await filled(1_000, async (client) => {
      const named = (word: string) =>
        one(client, "SELECT count(*)::int FROM users WHERE search_text LIKE $1", [`%${word}%`]);
      const holding = (role: string) =>
        one(
          client,
          "SELECT count(*)::int FROM assignments a JOIN roles r ON r.id = role_id WHERE r.key = $1 AND ends_at IS NULL",
          [role],
        );
      expect(await one(client, "SELECT count(*)::int FROM users")).toBe(1_000);
      expect(await named(rareWord)).toBe(1);
      expect(await named(broadWord)).toBe(20);
      expect(await named(lateWord)).toBe(10);
      expect(await holding(rareRole)).toBe(2);
      expect(await holding("admin")).toBe(5);
      expect(await holding(broadRole)).toBeGreaterThan(320);
      expect(await one(client, "SELECT count(*)::int FROM assignments WHERE ends_at IS NOT NULL")).toBe(99);
      expect(await one(client, "SELECT count(*)::int FROM sessions")).toBe(667);
      expect(await one(client, "SELECT count(*)::int FROM organization_members")).toBe(500);
    });
  });

  test("keeps every index, and every foreign key holds", async () => {
    const indexes = "SELECT count(*)::int FROM pg_indexes WHERE schemaname = 'public'";
    const close = await openInstallation();
    const client = new pg.Client({ connectionString: env().databaseUrl });
    await client.connect();
    const before = await one(client, indexes);
    await fillConsole(client, 200, at, null);
    expect(await one(client, indexes)).toBe(before);
    const { rows } = await client.query<{ name: string; table: string }>(
      `SELECT conname AS name, conrelid::regclass::text AS table FROM pg_constraint WHERE contype = 'f'`,
    );
    // Making a constraint valid again reads every row.
    for (const { name, table } of rows) {
      await client.query(`ALTER TABLE ${table} ALTER CONSTRAINT ${name} NOT ENFORCED`);
      await client.query(`ALTER TABLE ${table} ALTER CONSTRAINT ${name} ENFORCED`);
    }
    await client.end();
    await close();
  });
});
