import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { project, run } from "./run.mjs";
import { step } from "./step.mjs";

/** Installs the packages when they are missing or not those of the lock file. */
export async function ensureInstalled({ dev }) {
  if (isInstalled({ dev })) return;
  // No package needs its install script here, and none gets to run one.
  await step("Installing packages", () =>
    run("npm", ["ci", "--ignore-scripts", "--loglevel=error"], { quiet: true }),
  );
}

function isInstalled({ dev }) {
  const installed = join(project, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const present = JSON.parse(readFileSync(installed, "utf8")).packages;
  const wanted = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(([path, { version, optional, peer, dev: forTests }]) => {
    if (path === "") return true;
    if (present[path]) return present[path].version === version;
    return optional || peer || (forTests && !dev);
  });
}
