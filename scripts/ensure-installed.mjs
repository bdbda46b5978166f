import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { project, run } from "./run.mjs";
import { step } from "./step.mjs";

/** Installs the packages of a folder when they are missing or not those of its lock file. */
export async function ensureInstalled({ dev, folder = project }) {
  if (isInstalled({ dev, folder })) return;
  const title = folder === project ? "Installing packages" : `Installing packages of ${folder}`;
  // No package needs its install script here, and none gets to run one.
  await step(title, () =>
    run("npm", ["ci", "--prefix", folder, "--ignore-scripts", "--loglevel=error"], { quiet: true }),
  );
}

function isInstalled({ dev, folder }) {
  const installed = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const present = JSON.parse(readFileSync(installed, "utf8")).packages;
  const wanted = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(([path, { version, optional, peer, dev: forTests }]) => {
    if (path === "") return true;
    if (present[path]) return present[path].version === version;
    return optional || peer || (forTests && !dev);
  });
}
