import { type ChildProcess, spawn } from "node:child_process";
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import pg from "pg";
import { StartError } from "#lib/kernel/errors.ts";
import { folderRefusal } from "#lib/kernel/folder-refusal.ts";
import { isNotUpYet } from "#server/not-up-yet.ts";
import { pause } from "#server/pause.ts";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { type Endpoint, urlOf } from "./endpoint.ts";
import { logFileOf, logSize } from "./last-words.ts";
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

/** Starts a postmaster, detached: neither Ctrl-C in the terminal nor the end of the console stops it. */
export async function launch(options: LaunchOptions): Promise<ChildProcess> {
  const { account, dataFolder } = options;
  const logFile = logFileOf(dataFolder);
  if ((await logSize(dataFolder)) > logLimit) await rename(logFile, `${logFile}.old`);
  const log = await open(logFile, "a", 0o600).catch((error) => {
    throw folderRefusal(dirname(dataFolder), error);
  });
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

/**
 * Waits until the server takes connections or asks for another password; recovery after a crash may take its time, a dead
 * server and the signal end the wait.
 */
export async function untilReady(
  endpoint: Endpoint,
  isAlive: () => Promise<boolean>,
  signal?: AbortSignal,
): Promise<boolean> {
  const deadline = Date.now() + 300_000;
  while (Date.now() < deadline && !signal?.aborted) {
    const client = new pg.Client({
      connectionString: urlOf(endpoint, "postgres"),
      connectionTimeoutMillis: 5_000,
    });
    client.on("error", () => undefined);
    const connected = await client.connect().then(
      () => true,
      (error) => {
        if (isNotUpYet(error)) return false;
        if (error.code === "28P01") return true;
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
