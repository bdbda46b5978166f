// What a change of one person's role costs PostgreSQL among few people and among many: pages read by each statement, and
// CPU. Fails when a statement of it reads more than a tenth more pages than among the fewest.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { database } from "../lib/kernel/database.ts";
import { runCommand } from "../lib/kernel/operation.ts";
import { updateUser } from "../lib/users/index.ts";
import { pointAt } from "../test/installation.ts";
import { callAs } from "../test/people.ts";
import { cpuOfPostgres } from "./console/cpu.ts";
import { figure, markdownTable } from "./console/markdown.ts";
import { measuredPostgres } from "./console/postgres.ts";
import { victims } from "./console/role-change.ts";
import { filledDatabases } from "./population/filled-databases.ts";
import { broadRole } from "./population/markers.ts";

const sizes = (process.argv[2] ?? "1000,100000,1000000").split(",").map(Number);
const changes = 100;
const folder = mkdtempSync(join(tmpdir(), "bailiwick-bench-"));
Object.assign(process.env, {
  BAILIWICK_DATA: folder,
  LOG_LEVEL: "warn",
  BAILIWICK_SECRET: "a secret for a measure, long enough for anyone",
});

interface Cost {
  people: number;
  /** Milliseconds of PostgreSQL for one change. */
  cpu: number | undefined;
  /** Pages that each statement read in its tables and indexes, cached ones too, by its text. */
  pages: Map<string, number>;
}

const postgres = await measuredPostgres();
try {
  const costs: Cost[] = [];
  for (const people of sizes) costs.push(await costAmong(people));
  const [least, ...more] = costs;
  const texts = [...(least?.pages.keys() ?? [])];
  const table = texts.map((text) => [
    text
      .replaceAll(/\s+/g, " ")
      .replaceAll('"', "")
      .replace("public.", "")
      .slice(0, 90)
      .replaceAll("|", "\\|"),
    ...costs.map(({ pages }) => figure(pages.get(text))),
  ]);
  const sums = costs.map(({ pages }) => [...pages.values()].reduce((sum, one) => sum + one, 0));
  console.log(
    markdownTable(
      ["pages of", ...sizes.map((size) => `${size.toLocaleString("en")} people`)],
      [...table, ["a whole change", ...sums.map(figure)], ["CPU ms", ...costs.map(({ cpu }) => figure(cpu))]],
    ),
  );
  const grown = more.flatMap(({ people, pages }) =>
    texts
      .filter((text) => (pages.get(text) ?? 0) > (least?.pages.get(text) ?? 0) * 1.1 + levels(text))
      .map((text) => [people, text]),
  );
  for (const [people, text] of grown) console.log(`- among ${people}: ${text}`);
  process.exitCode = grown.length === 0 ? 0 : 1;
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** An index of many rows is a level deeper: a statement goes through one or two of each of its tables, a new row through all. */
function levels(text: string): number {
  if (text.startsWith("INSERT")) return 8;
  return 2 * (text.match(/\b(FROM|JOIN|UPDATE)\b/gi)?.length ?? 1);
}

async function costAmong(people: number): Promise<Cost> {
  const { addresses, drop } = await filledDatabases(postgres.url, people, console.error, ["console"]);
  pointAt(addresses.console);
  const client = new pg.Client({ connectionString: addresses.console });
  await client.connect();
  try {
    await client.query("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    await client.query("VACUUM ANALYZE");
    const { rows } = await client.query<{ id: string }>("SELECT id FROM users ORDER BY created_at LIMIT 1");
    const owner = rows[0] as { id: string };
    const all = await victims({ databases: { console: client } } as Parameters<typeof victims>[0], 20);
    const call = await callAs(owner);
    const change = async (turn: number) => {
      const one = all[turn % all.length] as (typeof all)[number];
      one.role = one.role === "user" ? broadRole : "user";
      await runCommand(updateUser, call, {
        id: one.id,
        email: one.email,
        givenName: one.given,
        familyName: one.family,
        roles: [one.role],
        active: true,
        version: one.version++,
        confirmed: [],
      });
    };
    for (let turn = 0; turn < 40; turn += 1) await change(turn);
    const cpu = await cpuOfPostgres(client);
    await client.query("SELECT pg_stat_statements_reset()");
    const before = cpu?.();
    for (let turn = 0; turn < changes; turn += 1) await change(turn);
    const after = cpu?.();
    return {
      people,
      cpu: before === undefined || after === undefined ? undefined : (after - before) / changes,
      pages: await pagesOf(client),
    };
  } finally {
    await client.end();
    await database().$disconnect();
    await drop();
  }
}

async function pagesOf(client: pg.Client): Promise<Map<string, number>> {
  const { rows } = await client.query<{ query: string; pages: number }>(
    `SELECT query, (shared_blks_hit + shared_blks_read)::float / calls AS pages
    FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
    WHERE datname = current_database() AND calls >= $1 AND shared_blks_hit + shared_blks_read > 0 ORDER BY query`,
    [changes],
  );
  return new Map(rows.map(({ query, pages }) => [query, pages]));
}
