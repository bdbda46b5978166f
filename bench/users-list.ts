// The users list with a thousand users and with a hundred thousand, side by side, so that what counts is the ratio.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { database } from "../lib/kernel/database.ts";
import { env } from "../lib/kernel/env.ts";
import { runQuery } from "../lib/kernel/operation.ts";
import { registry } from "../lib/kernel/registry.ts";
import { listUsers } from "../lib/users/index.ts";
import { openInstallation } from "../test/installation.ts";
import { callAs } from "../test/people.ts";
import { startTestPostgres } from "../test/postgres.ts";
import { fillConsole } from "./population/fill-console.ts";
import { inputOf, measures } from "./users-list/measures.ts";
import { planOf } from "./users-list/plan.ts";

const rounds = Number(process.argv[2] ?? 15);
const folder = mkdtempSync(join(tmpdir(), "bailiwick-bench-"));
const server = await startTestPostgres();
Object.assign(process.env, { BAILIWICK_DATA: folder, LOG_LEVEL: "warn", TEST_DATABASE_URL: server.url });

/** An installation with so many users, and how this process turns to it. */
async function open(size: number) {
  await openInstallation();
  const client = new pg.Client({ connectionString: env().databaseUrl });
  await client.connect();
  await fillConsole(client, size, new Date(), null).finally(() => client.end());
  const owner = await database().user.findFirstOrThrow({
    orderBy: { createdAt: "asc" },
    select: { id: true },
  });
  const call = await callAs(owner);
  const own = { ...registry(), database: database() };
  return { call, enter: () => void Object.assign(registry(), own) };
}

type Installation = Awaited<ReturnType<typeof open>>;

async function milliseconds({ call, enter }: Installation, input: unknown): Promise<number> {
  enter();
  const begun = performance.now();
  await runQuery(listUsers, call, input);
  return performance.now() - begun;
}

const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number;
const line = (...cells: string[]) => {
  const [title = "", small = "", large = "", ratio = "", plan = ""] = cells;
  console.log(`${title.padEnd(36)}${small.padStart(8)}${large.padStart(9)}${ratio.padStart(7)}  ${plan}`);
};

async function compare(): Promise<number> {
  const small = await open(1_000);
  const large = await open(100_000);
  let scans = 0;
  line("milliseconds, median", "1,000", "100,000", "ratio", "how 100,000 finds the page");
  for (const measure of measures) {
    const inputs = new Map<Installation, unknown>();
    for (const installation of [small, large]) {
      installation.enter();
      inputs.set(installation, await inputOf(measure, installation.call));
    }
    const times = new Map([small, large].map((installation) => [installation, [] as number[]]));
    for (let round = 0; round < rounds + 3; round += 1) {
      for (const [installation, all] of times) {
        const time = await milliseconds(installation, inputs.get(installation));
        if (round >= 3) all.push(time);
      }
    }
    const [a, b] = [...times.values()].map(median) as [number, number];
    large.enter();
    const plan = await planOf(large.call, inputs.get(large));
    scans += plan.scans.length;
    line(measure.title, a.toFixed(1), b.toFixed(1), (b / a).toFixed(1), plan.page);
  }
  for (const installation of [small, large]) {
    installation.enter();
    await database().$disconnect();
  }
  return scans;
}

try {
  const scans = await compare();
  console.log(scans === 0 ? "No page reads the whole table." : `${scans} pages read the whole table.`);
  process.exitCode = scans === 0 ? 0 : 1;
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
