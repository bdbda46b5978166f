import { type ChildProcess, spawn } from "node:child_process";
import { open, readFile, rename, stat } from "node:fs/promises";
import pg from "pg";
import { StartError } from "#lib/kernel/errors.ts";
import { pause } from "#server/pause.ts";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { type Endpoint, urlOf } from "./endpoint.ts";
import { folderArgument, programEnvironment } from "./run-program.ts";

export interface LaunchOptions {
  binaries: Binaries;
  dataFolder: string;
  account: Account | undefined;
  endpoint: Endpoint;
  connections: number;
  durable: boolean;
}

const logLimit = 5_000_000;

const logFileOf = (dataFolder: string) => `${dataFolder}.log`;

/** Starts a postmaster, detached: neither Ctrl-C in the terminal nor the end of the console stops it. */
export async function launch(options: LaunchOptions): Promise<ChildProcess> {
  const { account, dataFolder } = options;
  const logFile = logFileOf(dataFolder);
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  );
  if (size > logLimit) await rename(logFile, `${logFile}.old`);
  const log = await open(logFile, "a", 0o600);
  try {
    if (account) await log.chown(account.uid, account.gid);
    const child = spawn(options.binaries.postgres, argumentsOf(options), {
      cwd: dataFolder,
      uid: account?.uid,
      gid: account?.gid,
      env: programEnvironment,
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
    });
    await new Promise<void>((done, fail) => child.once("spawn", done).once("error", fail));
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

function argumentsOf({ dataFolder, account, endpoint, connections, durable }: LaunchOptions): string[] {
  const sure = durable ? "on" : "off";
  const socket = endpoint.socketFolder === dataFolder ? "." : `"${endpoint.socketFolder ?? ""}"`;
  const settings = {
    listen_addresses: endpoint.socketFolder === undefined ? "127.0.0.1" : "",
    unix_socket_directories: endpoint.socketFolder === undefined ? "" : socket,
    unix_socket_permissions: "0700",
    port: endpoint.port,
    max_connections: connections,
    fsync: sure,
    synchronous_commit: "on",
    full_page_writes: sure,
    timezone: "UTC",
    jit: "off",
    // The console reports failed statements itself; here their text would put people's data into a file.
    log_min_messages: "log",
    log_checkpoints: "off",
    log_timezone: "UTC",
  };
  return [
    "-D",
    folderArgument(dataFolder, account),
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
}

/** Waits until the server takes connections; recovery after a crash may take its time, a dead server ends the wait. */
export async function untilReady(endpoint: Endpoint, isAlive: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + 300_000;
  while (Date.now() < deadline) {
    const client = new pg.Client({
      connectionString: urlOf(endpoint, "postgres"),
      connectionTimeoutMillis: 5_000,
    });
    client.on("error", () => undefined);
    const connected = await client.connect().then(
      () => true,
      (error) => {
        if (isPassing(error)) return false;
        throw new StartError(
          "postgres_refuses",
          `The embedded PostgreSQL refuses the console: ${error.message}.`,
        );
      },
    );
    await client.end().catch(() => undefined);
    if (connected) return true;
    if (!(await isAlive())) return false;
    await pause(30);
  }
  return false;
}

/** Not listening yet, starting up, recovering or shutting down. */
function isPassing(error: NodeJS.ErrnoException): boolean {
  return (
    /^(ECONN|ENOENT|EPIPE|57P03|53300)/.test(error.code ?? "") || /timeout|terminated/i.test(error.message)
  );
}

/** The last thing that a server said before it ended, for the sentence that reports it. */
export async function lastWords(dataFolder: string): Promise<string> {
  const text = await readFile(logFileOf(dataFolder), "utf8").catch(() => "");
  const lines = text.split("\n").filter((line) => /FATAL|PANIC|could not|error/i.test(line));
  return lines.at(-1)?.replace(/^.*?(FATAL|PANIC|LOG): +/, "") ?? "it said nothing";
}
