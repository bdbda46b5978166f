// The console beside Better Auth's admin plugin and beside a floor, with 1,000, 100,000 and a million people in one
// PostgreSQL: CPU, statements and bytes of every list, page and command. bench/README.md says how to read the tables.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt } from "../scripts/ensure-built.mjs";
import { projectFolder } from "../server/project-folder.ts";
import { openBench } from "./console/open-bench.ts";
import { measuredPostgres } from "./console/postgres.ts";
import { type Found, sections } from "./console/sections.ts";

const { values } = parseArgs({
  options: {
    people: { type: "string", default: "1000,100000,1000000" },
    only: { type: "string", default: Object.keys(sections).join(",") },
    rounds: { type: "string", default: "2" },
    slice: { type: "string", default: "2500" },
  },
});
const wanted = values.only.split(",");
const unknown = wanted.filter((name) => !Object.hasOwn(sections, name));
if (unknown.length > 0)
  throw new Error(`There is no section ${unknown.join(", ")}: ${Object.keys(sections).join(", ")}.`);
const pace = { slice: Number(values.slice), rounds: Number(values.rounds) };

await ensureBuilt();
const folder = mkdtempSync(join(tmpdir(), "bailiwick-bench-"));
Object.assign(process.env, {
  BAILIWICK_DATA: folder,
  LOG_LEVEL: "warn",
  BAILIWICK_SECRET: "a secret for a measure, long enough for anyone",
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.alloc(32, "k").toString("base64"),
});

const say = (line: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
const load = () =>
  loadavg()
    .map((one) => one.toFixed(1))
    .join(", ");
const results: Record<string, Record<string, Found>> = {};
const wrong: string[] = [];

/** One fault of each operation and server: what is before the colon after their names. */
const firstOfEach = (faults: readonly string[]) =>
  new Map(faults.toReversed().map((why) => [why.split(": ").slice(0, 2).join(": "), why])).values();

/** All sections with so many people. */
async function run(url: string, people: number): Promise<void> {
  const title = `${people.toLocaleString("en")} people`;
  const { bench, close } = await openBench(url, people, pace, say);
  try {
    if (!bench.servers.console.cpu)
      say("CPU is not available: it is read from /proc of Linux, for servers on this machine");
    if (!bench.count) say("statements are not counted: the server does not load pg_stat_statements");
    for (const [name, section] of Object.entries(sections)) {
      if (!wanted.includes(name)) continue;
      say(`${title}: ${name} ...`);
      const begun = performance.now();
      const found = await section(bench);
      say(`${title}: ${name} took ${Math.round((performance.now() - begun) / 1000)} s`);
      console.log(`\n## ${title}: ${name}\n\n${found.markdown}`);
      results[people] = { ...results[people], [name]: found };
      wrong.push(...found.wrong.map((why) => `${title}, ${name}: ${why}`));
    }
  } finally {
    await close();
  }
}

const postgres = await measuredPostgres();
try {
  console.log(
    `Node ${process.version}, ${postgres.words}, ${cpus().length} cores (${cpus()[0]?.model}), ${pace.rounds} rounds of ${pace.slice} ms, load average ${load()}`,
  );
  for (const people of values.people.split(",").map(Number)) await run(postgres.url, people);
  const file = join(
    projectFolder,
    ".cache",
    "bench",
    `console-${new Date().toISOString().replaceAll(":", "")}.json`,
  );
  mkdirSync(join(projectFolder, ".cache", "bench"), { recursive: true });
  writeFileSync(file, JSON.stringify({ at: new Date(), pace, results }, null, 2));
  console.log(`\nLoad average at the end ${load()}. Everything is in ${file}.`);
  console.log(
    wrong.length === 0 ? "Every answer was right." : `${wrong.length} answers were wrong, such as:`,
  );
  for (const why of firstOfEach(wrong)) console.log(`- ${why.replaceAll("\n", " ")}`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
