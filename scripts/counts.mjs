// `npm run counts`: what is counted (statements, bytes, renders) against its budgets in test/counts, and nothing else.
// `npm run counts -- --write` writes the budgets as they are now, for the diff to be read.
import { ensureNode } from "./ensure-node.mjs";

await ensureNode(import.meta.url);
const [option, ...more] = process.argv.slice(2);
if ((option ?? "--write") !== "--write" || more.length > 0) {
  process.stderr.write("The only option is --write.\n");
  process.exit(1);
}
await (await import("./ensure-installed.mjs")).ensureInstalled({ dev: true });
const { join } = await import("node:path");
const { ensureBuilt } = await import("./ensure-built.mjs");
const { ensureChromium } = await import("./chromium.mjs");
const { project, run } = await import("./run.mjs");
await run("node", [join(project, "scripts", "build.mjs"), "client"], { quiet: true });
await ensureBuilt();
const BAILIWICK_CHROMIUM = await ensureChromium();
const env = { BAILIWICK_CHROMIUM, ...(option && { COUNTS: "write" }) };
const tool = (path) => join(project, "node_modules", path);
const commands = ["node", [tool("vitest/vitest.mjs"), "run", "test/counts"], { env }];
const pages = ["node", [tool("@playwright/test/cli.js"), "test", "e2e/counts.spec.ts"], { env }];
for (const part of [commands, pages])
  await run(...part).catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
