// `npm run bench users-list`: runs the measure of that name out of bench/, on a throw-away PostgreSQL.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ensureNode } from "./ensure-node.mjs";
import { project, run } from "./run.mjs";

await ensureNode(import.meta.url);
const [name, ...rest] = process.argv.slice(2);
const file = join("bench", `${name}.ts`);
if (!name || !existsSync(join(project, file))) {
  const names = readdirSync(join(project, "bench")).flatMap((entry) => /^(.+)\.ts$/.exec(entry)?.[1] ?? []);
  process.stderr.write(`Say which measure: ${names.join(", ")}.\n`);
  process.exit(1);
}
const { ensureInstalled } = await import("./ensure-installed.mjs");
await ensureInstalled({ dev: true });
await ensureInstalled({ dev: false, folder: join(project, "bench") });
await run("node", [join(project, "scripts", "build.mjs"), "client"]);
const args = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning", file];
await run("node", [...args, ...rest]).catch((error) => process.exit(error.code ?? 1));
