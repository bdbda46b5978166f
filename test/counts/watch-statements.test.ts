import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "#test/database.ts";
import { underLock, type Wire, watchStatements } from "./watch-statements.ts";

let wire: Wire;
let pool: pg.Pool;
beforeAll(async () => {
  const { url, drop } = await createTestDatabase();
  wire = await watchStatements(url);
  pool = new pg.Pool({ connectionString: wire.url });
  return async () => {
    await pool.end();
    await wire.close();
    await drop();
  };
});

const textsOf = async (work: () => Promise<unknown>) => (await wire.during(work)).sent.map(({ sql }) => sql);

test("statements are seen in order: simple ones, those with values, and prepared ones each time they run", async () => {
  const named = { name: "twice", text: "SELECT $1::int", values: [1] };
  const seen = await textsOf(async () => {
    await pool.query("BEGIN");
    await pool.query("SELECT $1::text", ["x"]);
    await pool.query(named);
    await pool.query(named);
  });
  expect(seen).toEqual(["BEGIN", "SELECT $1::text", "SELECT $1::int", "SELECT $1::int"]);
  await pool.query("ROLLBACK");
});

test("a statement that comes in many pieces is one, whatever is in it", async () => {
  const long = `SELECT '${"é".repeat(400_000)}' AS "many pieces"`;
  expect(await textsOf(() => pool.query(long))).toEqual([long]);
  const value = Buffer.alloc(500_000, 7).toString("latin1");
  expect(await textsOf(() => pool.query("SELECT $1::text", [value]))).toEqual(["SELECT $1::text"]);
});

test("under the lock is what its own connection sends between lock and end", () => {
  const of = (connection: number, ...statements: string[]) => statements.map((sql) => ({ connection, sql }));
  const lock = "SELECT pg_advisory_xact_lock(7318001)";
  const holder = of(1, "BEGIN", "SELECT 1", lock, "SELECT 2", "UPDATE 3", "COMMIT", "SELECT 4");
  expect(underLock(holder)).toBe(2);
  expect(underLock([...holder.slice(0, 3), ...of(2, "SELECT 5"), ...holder.slice(3)])).toBe(2);
  expect(underLock(of(1, "BEGIN", "SELECT 1", "COMMIT"))).toBe(0);
});
