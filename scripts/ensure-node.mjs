// Plain JavaScript that old versions of Node understand: it is what they run first.
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { whenParentIsGone } from "./when-parent-is-gone.mjs";

const oldest = [22, 13];
const project = dirname(dirname(fileURLToPath(import.meta.url)));
/** Which Node, from which package, with its integrity: npm refuses what is not exactly that. */
const pinned = join(project, "scripts", "node");
const home = join(project, ".node");
const windows = process.platform === "win32";
const platform = windows ? "win" : process.platform;
const name = `node-${platform}-${process.arch}`;
const program = join(home, "node_modules", name, "bin", windows ? "node.exe" : "node");

/**
 * Resolves at once on a Node that is new enough. On an older one it gets the pinned Node through npm, runs `script` again
 * with it, and never resolves: the process ends with the other's exit code.
 */
export async function ensureNode(script) {
  if (isNewEnough(process.versions.node)) return;
  const version = JSON.parse(readFileSync(join(pinned, "package.json"), "utf8")).optionalDependencies[name];
  if (!version) fail(`There is no Node for ${platform}-${process.arch} to get`);
  if (!works(version)) {
    const begun = Date.now();
    process.stdout.write(
      `This machine has Node ${process.versions.node}; getting Node ${version} through npm ...\n`,
    );
    mkdirSync(home, { recursive: true });
    for (const file of ["package.json", "package-lock.json"])
      copyFileSync(join(pinned, file), join(home, file));
    const args = ["ci", "--prefix", home, "--ignore-scripts", "--loglevel=error"];
    const { status } = spawnSync("npm", args, { cwd: home, stdio: "inherit", shell: windows });
    if (status !== 0 || !works(version)) fail(`Node ${version} could not be had through npm`);
    process.stdout.write(`Getting Node ${version}: ${Math.round((Date.now() - begun) / 1000)} s\n`);
  }
  const PATH = dirname(program) + delimiter + process.env.PATH;
  const args = [fileURLToPath(script), ...process.argv.slice(2)];
  const child = spawn(program, args, { stdio: "inherit", env: { ...process.env, PATH } });
  // Ctrl-C reaches the child as well; told twice, it stops once.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  whenParentIsGone(() => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  await new Promise(() => {});
}

function fail(why) {
  process.stderr.write(`${why}: install Node 22.13 or newer, then run this again.\n`);
  process.exit(1);
}

function works(version) {
  if (!existsSync(program)) return false;
  const { status, stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
  return status === 0 && stdout.trim() === `v${version}`;
}

function isNewEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}
