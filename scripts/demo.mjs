// `npm run demo`: the console on a database full of made-up people, in a folder that goes when it stops.
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
const { mkdtempSync, rmSync } = await import("node:fs");
const { tmpdir } = await import("node:os");
const { join } = await import("node:path");
const folder = mkdtempSync(join(tmpdir(), "bailiwick-demo-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
// Nothing of an installation that the settings name is touched; port 0 is any that is free.
for (const name of ["DATABASE_URL", "DATABASE_URL_FILE", "BAILIWICK_URL"]) delete process.env[name];
Object.assign(process.env, { BAILIWICK_DATA: folder, PORT: process.env.PORT ?? "0" });
process.setSourceMapsEnabled(true);
await import("../dist/demo.mjs");
