import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export const project = dirname(dirname(fileURLToPath(import.meta.url)));

export class CommandFailed extends Error {
  constructor(command, code, output) {
    super(`${command} failed (exit code ${code})`);
    this.code = code;
    this.output = output;
  }
}

/** Runs a command in the project. `quiet` keeps its output back unless it fails. */
export function run(command, args, { quiet = false, env = {} } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command === "node" ? process.execPath : command, args, {
      cwd: project,
      env: { ...process.env, ...env },
      stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
      shell: process.platform === "win32" && command !== "node",
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk) => {
        output += chunk;
      });
    }
    child.on("error", fail);
    child.on("close", (code) => {
      if (code === 0) return done(output);
      process.stderr.write(output);
      fail(new CommandFailed([command, ...args].join(" "), code ?? 1, output));
    });
  });
}
