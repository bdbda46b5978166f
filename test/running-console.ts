import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { projectFolder } from "#server/project-folder.ts";

export interface RunningConsole {
  child: ChildProcess;
  address: string;
  /** What it printed so far. */
  output(): string;
  /** The lines of its log so far: all that it wrote to standard error. */
  log(): string[];
  /** Sends the signal and resolves with the exit code once it is gone. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** The built console as a process of its own; resolves once it says that it is ready. */
export async function startConsole(settings: Record<string, string>): Promise<RunningConsole> {
  const port = settings.PORT ?? String(await freePort());
  // The identity providers of tests answer on this machine.
  const defaults = { LOG_LEVEL: "warn", BAILIWICK_INTERNAL_ADDRESSES: "loopback" };
  const child = spawn(process.execPath, [join(projectFolder, "dist", "main.mjs")], {
    env: { ...process.env, NODE_ENV: "production", ...defaults, ...settings, PORT: port },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk;
  });
  const ready = new Promise<void>((done, fail) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      if (output.includes("Bailiwick is ready at ")) done();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) => fail(new Error(`The console ended with ${code}:\n${output}`)));
  });
  await ready;
  return {
    child,
    address: `http://127.0.0.1:${port}`,
    output: () => output,
    log: () => errors.split("\n").slice(0, -1),
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill(signal);
      await once(child, "exit");
      return child.exitCode;
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}
