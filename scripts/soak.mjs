// `npm run soak`: the long form of the tests of access changes. A million random steps against the model of the
// rules, a thousand rounds of every race, every deliberate mistake.
// `npm run soak -- model [steps] [seed] [catalogue] [from]` | engine [decisions] | races [rounds] | consoles [rounds] |
// mutants [name] | table
import { ensureNode } from "./ensure-node.mjs";

await ensureNode(import.meta.url);
await (await import("./ensure-installed.mjs")).ensureInstalled({ dev: true });
const { join } = await import("node:path");
const { project, run } = await import("./run.mjs");

const [part, ...given] = process.argv.slice(2);
const catalogues = ["patchmon", "uptrakit", "ops-atlas", "utmstack", "rudder"];
const model = (name) => `test/rules-model/${name}.test.ts`;

function walk([steps = "1000000", seed = String(Date.now() % 1_000_000), only, from = "0"]) {
  const walked = only ? [only] : catalogues;
  const each = Math.ceil(steps / walked.length);
  process.stdout.write(
    `Seed ${seed}: \`npm run soak -- model ${steps} ${seed}\` tells the same story again.\n`,
  );
  return [walked.map(model), `walkSteps=${each},seed=${seed},from=${from}`];
}

/** The same races through two running consoles, in the browser's way. */
async function consoles([rounds = "50"]) {
  await (await import("./ensure-built.mjs")).ensureBuilt();
  const flags = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning"];
  const secret = Buffer.alloc(32, "k").toString("base64");
  const data = join(project, ".cache", "soak-data");
  const env = { BAILIWICK_DATA: data, BAILIWICK_SECRET: secret, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secret };
  await run("node", [...flags, "test/races/consoles.ts", rounds], { env });
}

const parts = {
  model: walk,
  engine: ([decisions = "2000000"]) => [["lib/access"], `decisions=${decisions}`],
  races: ([rounds = "1000"]) => [["test/races"], `raceRounds=${rounds}`],
  consoles,
  mutants: ([name = ""]) => [[model("mutants"), "--testNamePattern", name], "rulesMutants=all"],
  table: () => [[model("table")], "catalogues=5"],
};
if (part && !Object.hasOwn(parts, part)) {
  process.stderr.write(`There is no part "${part}": choose from ${Object.keys(parts).join(", ")}.\n`);
  process.exit(1);
}
await run("node", [join(project, "scripts", "build.mjs"), "client"], { quiet: true });
const vitest = join(project, "node_modules", "vitest", "vitest.mjs");
for (const name of part ? [part] : Object.keys(parts))
  try {
    const [words, deeper] = (await parts[name](given)) ?? [];
    const env = { TEST_DEPTH: `full,${deeper}` };
    if (words) await run("node", [vitest, "run", ...words, "--reporter=default"], { env });
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
