// `npm run audit`: the months of the audit log, and how to delete old ones; see docs/audit-log.md.
import { existsSync } from "node:fs";
import { ensureNode } from "./ensure-node.mjs";

await ensureNode(import.meta.url);
const program = new URL("../dist/audit.mjs", import.meta.url);
try {
  await (await import("./ensure-installed.mjs")).ensureInstalled({ dev: false });
  // What is built stays as it is: a console that is running was started from it.
  if (!existsSync(program)) await (await import("./ensure-built.mjs")).ensureBuilt();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
process.setSourceMapsEnabled(true);
await import(program.href);
