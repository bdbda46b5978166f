// Plain JavaScript that old versions of Node understand: it is what they run first.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const oldest = [22, 13];
const project = dirname(dirname(fileURLToPath(import.meta.url)));
const home = join(project, ".node");
const windows = process.platform === "win32";
const program = join(home, "node_modules", "node", "bin", windows ? "node.exe" : "node");

/**
 * Resolves at once on a Node that is new enough. On an older one it gets Node 24 through npm, runs `script` again
 * with it, and never resolves: the process ends with the other's exit code.
 */
export async function ensureNode(script) {
  if (isNewEnough(process.versions.node)) return;
  if (!works()) {
    const begun = Date.now();
    process.stdout.write(`This machine has Node ${process.versions.node}; getting Node 24 through npm ...\n`);
    mkdirSync(home, { recursive: true });
    const args = [
      "install",
      "--prefix",
      home,
      "--no-save",
      "--no-package-lock",
      "--loglevel=error",
      "node@24",
    ];
    const { status } = spawnSync("npm", args, { cwd: home, stdio: "inherit", shell: windows });
    if (status !== 0 || !works()) {
      process.stderr.write(
        "Node 24 could not be had through npm: install Node 22.13 or newer, then run this again.\n",
      );
      process.exit(1);
    }
    process.stdout.write(`Getting Node 24: ${Math.round((Date.now() - begun) / 1000)} s\n`);
  }
  const PATH = dirname(program) + delimiter + process.env.PATH;
  const args = [fileURLToPath(script), ...process.argv.slice(2)];
  const child = spawn(program, args, { stdio: "inherit", env: { ...process.env, PATH } });
  // Ctrl-C reaches the child as well; told twice, it stops once.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  await new Promise(() => {});
}

function works() {
  return existsSync(program) && spawnSync(program, ["--version"]).status === 0;
}

function isNewEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}
