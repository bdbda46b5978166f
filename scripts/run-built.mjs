import { existsSync } from "node:fs";
import { ensureNode } from "./ensure-node.mjs";

/**
 * Becomes a command that was built into `dist`, after getting what is missing for it.
 * @param name of its file there
 * @param script address of the npm script's own file, which an old Node runs again with a newer one
 */
export async function runBuilt(name, script) {
  await ensureNode(script);
  const program = new URL(`../dist/${name}.mjs`, import.meta.url);
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
}
