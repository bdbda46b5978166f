import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { project, run } from "./run.mjs";
import { step } from "./step.mjs";

/** Installs the packages of a folder when they are missing or not those of its lock file. */
export async function ensureInstalled({ dev, folder = project }) {
  if (isInstalled({ dev, folder })) return;
  const title = folder === project ? "Installing packages" : `Installing packages of ${folder}`;
  const mark = markOf(folder);
  mkdirSync(join(folder, ".cache"), { recursive: true });
  writeFileSync(mark, "");
  // No package needs its install script here, and none gets to run one.
  await step(title, () =>
    run("npm", ["ci", "--prefix", folder, "--ignore-scripts", "--loglevel=error"], { quiet: true }),
  );
  rmSync(mark);
}

/** Lies there while packages are being installed, and stays when that was cut off: then half of them may be there. */
const markOf = (folder) => join(folder, ".cache", "installing");

function isInstalled({ dev, folder }) {
  const installed = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(installed) || existsSync(markOf(folder))) return false;
  const present = JSON.parse(readFileSync(installed, "utf8")).packages;
  const wanted = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(([path, { version, optional, peer, dev: forTests }]) => {
    if (path === "") return true;
    // npm lists what it meant to lay there; somebody may have removed it since.
    if (present[path]) return present[path].version === version && existsSync(join(folder, path));
    return optional || peer || (forTests && !dev);
  });
}
