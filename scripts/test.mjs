// `npm test`: every check there is; it stops at the first that fails.
// `npm test -- lint|unit|e2e` runs a part, `npm test -- lib/users e2e/registration.spec.ts` the tests in these paths.
import { ensureNode } from "./ensure-node.mjs";

await ensureNode(import.meta.url);
await (await import("./ensure-installed.mjs")).ensureInstalled({ dev: true });
const { join } = await import("node:path");
const { runLanes } = await import("./lanes.mjs");
const { project, run } = await import("./run.mjs");
const { step } = await import("./step.mjs");
const { closingLine, forgetReports, playwrightReport, readCounts } = await import("./test-counts.mjs");
const { readAsked } = await import("./test-asked.mjs");

const module = (path) => join(project, "node_modules", path);
const chromium = {};

const lint = [
  [
    "Format and lint",
    (start) => start("node", [module("@biomejs/biome/bin/biome"), "check", "--error-on-warnings"]),
  ],
  [
    "Types",
    async (start) => {
      await start("node", [module("next/dist/bin/next"), "typegen"], { quiet: true });
      return start("node", [module("typescript/bin/tsc"), "--noEmit"]);
    },
  ],
  ["Unused code", (start) => start("node", [module("knip/bin/knip.js")])],
  ["Claims", (start) => start("node", ["scripts/claims.mjs"], { quiet: true })],
];
const readyBrowserTests = [
  [
    "Browser",
    async () => {
      chromium.path = await (await import("./chromium.mjs")).ensureChromium();
    },
  ],
  ["Build", async (start) => (await import("./ensure-built.mjs")).ensureBuilt(start)],
];
/** @param paths of test files; none: all */
const unit = (paths) => [
  "Unit and integration tests",
  (start) => start("node", [module("vitest/vitest.mjs"), "run", ...paths]),
];
const browserTests = (paths) => [
  "Browser tests",
  (start) => {
    // Playwright takes paths for regular expressions.
    const exact = paths.map((path) => `${path.replaceAll(/[()[\]{}.*+?^$|\\]/g, "\\$&")}$`);
    const env = { BAILIWICK_CHROMIUM: chromium.path, PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport };
    return start("node", [module("@playwright/test/cli.js"), "test", ...exact, "--reporter=list,json"], {
      env,
    });
  },
];

async function runAll({ asked, unitPaths, browserPaths }) {
  await step("Database client", () => run("node", ["scripts/build.mjs", "client"], { quiet: true }));
  const withUnit = asked.has("unit") || unitPaths.length > 0;
  const withBrowser = asked.has("e2e") || browserPaths.length > 0;
  // What needs one core at a time, beside the tests that wait for the database now and then.
  await runLanes([
    withUnit ? [unit(unitPaths)] : [],
    [...(asked.has("lint") ? lint : []), ...(withBrowser ? readyBrowserTests : [])],
  ]);
  if (withBrowser) await runLanes([[browserTests(browserPaths)]]);
}

let wanted;
try {
  wanted = readAsked(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
forgetReports();
let broken = 0;
try {
  await runAll(wanted);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  broken = 1;
}
const counts = readCounts();
// A step without tests of its own, such as lint, counts as one when it fails.
process.stdout.write(`${closingLine({ ...counts, failed: Math.max(counts.failed, broken) })}\n`);
process.exitCode = counts.failed + broken > 0 ? 1 : 0;
