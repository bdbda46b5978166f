import { readFile } from "node:fs/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrationsFolder, readMigrations } from "#server/migrations.ts";
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from "./database.ts";
import { openSchemaEngine } from "./schema-engine.ts";

let database: TestDatabase;
let engine: Awaited<ReturnType<typeof openSchemaEngine>>;
beforeAll(async () => {
  database = await createTestDatabase();
  engine = await openSchemaEngine(database.url);
});
afterAll(() => database.drop());

const filters = { externalTables: [], externalEnums: [] };

test("Prisma's own engine finds every migration applied, none failed and none changed", async () => {
  const migrations = await readMigrations();
  const found = await engine.diagnoseMigrationHistory({
    migrationsList: {
      baseDir: migrationsFolder,
      lockfile: {
        path: "migration_lock.toml",
        content: await readFile(`${migrationsFolder}/migration_lock.toml`, "utf8"),
      },
      shadowDbInitScript: "",
      migrationDirectories: migrations.map(({ name, sql }) => ({
        path: name,
        migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } },
      })),
    },
    optInToShadowDatabase: false,
    filters,
  });
  expect(found).toEqual({
    editedMigrationNames: [],
    failedMigrationNames: [],
    hasMigrationsTable: true,
    history: null,
  });
});

test("the migrations make what prisma/schema.prisma says", async () => {
  const files = [{ path: "schema.prisma", content: await readFile("prisma/schema.prisma", "utf8") }];
  const script = await engine.diff({
    from: { tag: "empty" },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: null,
    filters,
  });
  const wanted = await createEmptyDatabase();
  await query(wanted.url, script.stdout ?? "");
  expect(await columnsOf(database.url)).toEqual(await columnsOf(wanted.url));
  // What Prisma's language cannot say, such as triggers and partial indexes, the migrations have besides.
  expect(await rulesOf(database.url)).toEqual(expect.arrayContaining(await rulesOf(wanted.url)));
  await wanted.drop();
});

const columnsOf = (url: string) =>
  query(
    url,
    `SELECT relname AS table, attname AS column, format_type(atttypid, atttypmod) AS type, attnotnull AS required,
        pg_get_expr(adbin, adrelid) AS preset
      FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
      LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND attnum > 0 AND NOT attisdropped
        AND relname <> '_prisma_migrations'
      ORDER BY relname, attname`,
  );

const rulesOf = (url: string) =>
  query(
    url,
    `SELECT indexname AS name, replace(indexdef, ' ON ONLY ', ' ON ') AS rule FROM pg_indexes WHERE schemaname = 'public'
      UNION ALL
      SELECT conname, conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
      ORDER BY name`,
  );

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql).finally(() => client.end());
  return rows;
}
