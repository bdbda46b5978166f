import { spawn } from "node:child_process";
import { constants } from "node:os";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export const project = dirname(dirname(fileURLToPath(import.meta.url)));

const signals = ["SIGINT", "SIGTERM", "SIGHUP"];

export class CommandFailed extends Error {
  constructor(command, code) {
    super(`${command} failed (exit code ${code})`);
    this.code = code;
  }
}

/**
 * Runs a command in the project.
 * @param options `quiet` answers what it prints, which is shown only when it fails; `signal` ends it early
 */
export function run(command, args, { quiet = false, env = {}, signal } = {}) {
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
    const stop = () => child.kill();
    // Told to stop, this process does not leave its child behind; it ends once that has ended.
    let told;
    const pass = (name) => {
      told = name;
      child.kill(name);
    };
    for (const name of signals) process.once(name, pass);
    signal?.addEventListener("abort", stop, { once: true });
    child.on("error", fail);
    child.on("close", (code) => {
      signal?.removeEventListener("abort", stop);
      for (const name of signals) process.off(name, pass);
      if (told) return process.exit(128 + constants.signals[told]);
      if (code === 0) return done(output);
      if (!signal?.aborted) process.stderr.write(output);
      fail(new CommandFailed([command, ...args].join(" "), code ?? 1));
    });
  });
}
