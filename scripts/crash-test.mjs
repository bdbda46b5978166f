// `npm run crash`: kills the console and its PostgreSQL in the middle of writes, and counts what is lost.
import { ensureNode } from "./ensure-node.mjs";

await ensureNode(import.meta.url);
await (await import("./ensure-installed.mjs")).ensureInstalled({ dev: true });
await (await import("./ensure-built.mjs")).ensureBuilt();
const { run } = await import("./run.mjs");
const args = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning", "test/crash.ts"];
await run("node", [...args, ...process.argv.slice(2)]).catch((error) => process.exit(error.code ?? 1));
