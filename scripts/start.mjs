// `npm start`: whatever is missing for running the console is got first, then this process becomes the console.
import { ensureNode } from "./ensure-node.mjs";
import { whenParentIsGone } from "./when-parent-is-gone.mjs";

await ensureNode(import.meta.url);
whenParentIsGone(() => process.kill(process.pid, "SIGTERM"));
try {
  await (await import("./ensure-installed.mjs")).ensureInstalled({ dev: false });
  await (await import("./ensure-built.mjs")).ensureBuilt();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
process.setSourceMapsEnabled(true);
await import("../dist/main.mjs");
