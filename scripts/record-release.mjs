// `npm run record-release`: keeps what the release that is checked out leaves behind, for later ones to be upgraded from.
import { ensureNode } from "./ensure-node.mjs";

await ensureNode(import.meta.url);
await (await import("./ensure-installed.mjs")).ensureInstalled({ dev: true });
await (await import("./ensure-built.mjs")).ensureBuilt();
const { run } = await import("./run.mjs");
const args = [
  "--experimental-strip-types",
  "--disable-warning=ExperimentalWarning",
  "test/upgrade/record.ts",
];
await run("node", args).catch((error) => process.exit(error.code ?? 1));
