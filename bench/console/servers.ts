import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { projectFolder } from "../../server/project-folder.ts";
import { freePort, startConsole } from "../../test/running-console.ts";

export interface MeasuredServer {
  origin: string;
  pid: number;
  stop(): Promise<void>;
}

/** The built console on a database; instances of one run share their secrets. */
export async function startMeasuredConsole(databaseUrl: string): Promise<MeasuredServer> {
  const running = await startConsole({
    DATABASE_URL: databaseUrl,
    BAILIWICK_CATALOGUE: "patchmon",
    BAILIWICK_TRUSTED_PROXIES: "loopback",
  });
  const { address, child } = running;
  return { origin: address, pid: child.pid as number, stop: async () => void (await running.end("SIGTERM")) };
}

/** A server out of bench/ as a process of its own; resolves once it says that it is ready. */
export async function startPeer(file: string, databaseUrl: string): Promise<MeasuredServer> {
  const port = await freePort();
  const args = [
    "--experimental-strip-types",
    "--disable-warning=ExperimentalWarning",
    join(projectFolder, file),
  ];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NODE_ENV: "production", DATABASE_URL: databaseUrl, PORT: String(port) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((done, fail) => {
    child.stdout.on("data", (chunk) => String(chunk).includes("ready") && done());
    child.once("exit", (code) => fail(new Error(`${file} ended with ${code}`)));
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    pid: child.pid as number,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}
