// `npm test`: every check there is, the cheap ones first; it stops at the first that fails.
// `npm test -- lint|unit|e2e` runs a part.
import { ensureNode } from "./ensure-node.mjs";

await ensureNode(import.meta.url);
await (await import("./ensure-installed.mjs")).ensureInstalled({ dev: true });
const { join } = await import("node:path");
const { project, run } = await import("./run.mjs");
const { step } = await import("./step.mjs");
const { closingLine, forgetReports, playwrightReport, readCounts } = await import("./test-counts.mjs");

const module = (path) => join(project, "node_modules", path);
const client = ["Database client", () => run("node", ["scripts/build.mjs", "client"], { quiet: true })];
const parts = {
  lint: [
    client,
    [
      "Format and lint",
      () => run("node", [module("@biomejs/biome/bin/biome"), "check", "--error-on-warnings"]),
    ],
    [
      "Types",
      async () => {
        await run("node", [module("next/dist/bin/next"), "typegen"], { quiet: true });
        await run("node", [module("typescript/bin/tsc"), "--noEmit"]);
      },
    ],
    ["Unused code", () => run("node", [module("knip/bin/knip.js")])],
    ["Claims", () => run("node", ["scripts/claims.mjs"], { quiet: true })],
  ],
  unit: [client, ["Unit and integration tests", () => run("node", [module("vitest/vitest.mjs"), "run"])]],
  e2e: [
    ["Build", async () => (await import("./ensure-built.mjs")).ensureBuilt()],
    ["Browser tests", runBrowserTests],
  ],
};

async function runBrowserTests() {
  const { ensureChromium } = await import("./chromium.mjs");
  const BAILIWICK_CHROMIUM = await step("Browser", ensureChromium);
  const env = { BAILIWICK_CHROMIUM, PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport };
  await run("node", [module("@playwright/test/cli.js"), "test", "--reporter=list,json"], { env });
}

const asked = process.argv.slice(2);
const unknown = asked.find((part) => !(part in parts));
if (unknown) {
  process.stderr.write(`There is no part "${unknown}": choose from ${Object.keys(parts).join(", ")}.\n`);
  process.exit(1);
}
const steps = new Map((asked.length > 0 ? asked : Object.keys(parts)).flatMap((part) => parts[part]));
forgetReports();
let broken = 0;
for (const [title, work] of steps) {
  try {
    await step(title, work);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    broken = 1;
    break;
  }
}
const counts = readCounts();
// A step without tests of its own, such as lint, counts as one when it fails.
process.stdout.write(`${closingLine({ ...counts, failed: Math.max(counts.failed, broken) })}\n`);
process.exitCode = counts.failed + broken > 0 ? 1 : 0;
