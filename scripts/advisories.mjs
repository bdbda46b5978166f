// `npm run advisories`: which known vulnerabilities the packages of a release have. It fails for a high or critical one
// that docs/accepted-advisories.yaml does not name. A registry that cannot be asked is said, and no failure.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureNode } from "./ensure-node.mjs";

await ensureNode(import.meta.url);
const { parse } = await import("yaml");
const { judgeAdvisories } = await import("./judge-advisories.mjs");
const { project } = await import("./run.mjs");

const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], {
  cwd: project,
  encoding: "utf8",
  shell: process.platform === "win32",
});
const report = read(stdout);
const accepted = parse(readFileSync(join(project, "docs", "accepted-advisories.yaml"), "utf8")).accepted;
const today = new Date().toISOString().slice(0, 10);

if (report?.vulnerabilities === undefined) {
  process.stdout.write(
    `The registry did not answer: ${report?.message ?? "no report"}. No advisory was checked.\n`,
  );
} else {
  const { open, grave, incomplete, outdated } = judgeAdvisories(report, accepted, today);
  for (const { id, name, severity, title } of open)
    process.stdout.write(`${severity}: ${name}: ${title} (${id})\n`);
  for (const { id } of incomplete)
    process.stdout.write(`${id}: an accepted advisory needs a reason and an end date.\n`);
  for (const { id } of outdated)
    process.stdout.write(`${id}: no longer reported or accepted. Remove it from the list.\n`);
  process.stdout.write(`${open.length} open advisories, ${grave.length} of them high or critical.\n`);
  process.exitCode = grave.length + incomplete.length > 0 ? 1 : 0;
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
