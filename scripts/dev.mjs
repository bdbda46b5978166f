// `npm run dev`: the console with Next's development server; server code is bundled once, at the start.
import { ensureNode } from "./ensure-node.mjs";
import { whenParentIsGone } from "./when-parent-is-gone.mjs";

await ensureNode(import.meta.url);
whenParentIsGone(() => process.kill(process.pid, "SIGTERM"));
await (await import("./ensure-installed.mjs")).ensureInstalled({ dev: true });
const { join } = await import("node:path");
const { project, run } = await import("./run.mjs");
await run("node", [join(project, "scripts", "build.mjs"), "client", "server"]);
process.argv.push("--dev");
process.setSourceMapsEnabled(true);
await import("../dist/main.mjs");
