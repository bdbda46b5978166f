import { createServer } from "node:net";
import { StartError } from "#lib/kernel/errors.ts";
import { pause } from "#server/pause.ts";
import type { Endpoint } from "./endpoint.ts";
import { lastWords, logSize, remedyFor } from "./last-words.ts";
import { launch, untilReady } from "./launch.ts";
import {
  disownPostmasterFile,
  endpointIn,
  type PostmasterFile,
  readPostmasterFile,
  removeStaleSocket,
} from "./postmaster-file.ts";
import type { Place } from "./prepare.ts";
import { isPostmasterOf, liveness } from "./process-info.ts";
import { shutDown } from "./shut-down.ts";
import { removeSocketFolder, socketFolderFor } from "./socket-folder.ts";
import type { PostgresOptions } from "./supervisor.ts";

/** A server that takes connections. */
export interface Running {
  pid: number;
  endpoint: Endpoint;
  /** Settles when the postmaster is gone, for whatever reason. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** Joins the server that a killed console left running, or starts one. */
export async function run(
  place: Place & { endpoint?: Endpoint },
  options: PostgresOptions,
): Promise<Running> {
  const file = await readPostmasterFile(place.dataFolder);
  if (file && (await isPostmasterOf(file.pid, place.dataFolder))) {
    const joined = await join(place, file, options.signal);
    if (joined) {
      options.onEvent?.({ kind: "joined" });
      return joined;
    }
  }
  await clearRemains(place, file);
  if (file) options.onEvent?.({ kind: "recovering" });
  const endpoint = place.endpoint ?? (await newEndpoint(place));
  // Children of a killed postmaster may hold on for a moment; PostgreSQL refuses to start beside them.
  for (let attempt = 1; ; attempt += 1) {
    const from = await logSize(place.dataFolder);
    const started = await start(place, endpoint, options);
    if (started) return started;
    const why = await lastWords(place.dataFolder, from);
    if (attempt >= 20 || !why.includes("shared memory block")) {
      if (!place.endpoint && endpoint.socketFolder) await removeSocketFolder(endpoint.socketFolder);
      throw new StartError(
        "postgres_not_started",
        `The embedded PostgreSQL did not start: ${why}.${remedyFor(why)} Its log is ${place.dataFolder}.log.`,
      );
    }
    await pause(500);
  }
}

async function join(
  place: Place,
  file: PostmasterFile,
  signal: AbortSignal | undefined,
): Promise<Running | undefined> {
  const endpoint = endpointIn(place.dataFolder, file, place.secret);
  const alive = () => isPostmasterOf(file.pid, place.dataFolder);
  if (!(await untilReady(endpoint, alive, signal))) {
    // It is on its way up, and would be left behind.
    if (signal?.aborted) await shutDown(file.pid, place.binaries, place.dataFolder);
    signal?.throwIfAborted();
    return undefined;
  }
  const ended = (async () => {
    while ((await liveness(file.pid)) === "alive") await pause(250);
  })();
  return running(place, endpoint, file.pid, ended);
}

async function start(
  place: Place,
  endpoint: Endpoint,
  options: PostgresOptions,
): Promise<Running | undefined> {
  const connections = options.connections ?? 50;
  const child = await launch({ ...place, endpoint, connections, durable: options.durable ?? true });
  // One that dies at once may be gone before anybody listens.
  const gone = () => child.exitCode !== null || child.signalCode !== null;
  const ended = gone() ? Promise.resolve() : new Promise<void>((done) => child.once("exit", () => done()));
  const { signal } = options;
  if (await untilReady(endpoint, async () => !gone(), signal))
    return running(place, endpoint, child.pid as number, ended);
  if (signal?.aborted && !gone()) await shutDown(child.pid as number, place.binaries, place.dataFolder);
  signal?.throwIfAborted();
  return undefined;
}

function running(place: Place, endpoint: Endpoint, pid: number, ended: Promise<void>): Running {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const stop = async () => {
    // Its process id may belong to somebody else by now.
    if (!over) await shutDown(pid, place.binaries, place.dataFolder);
    await ended;
    if (endpoint.socketFolder) await removeSocketFolder(endpoint.socketFolder);
  };
  return { pid, endpoint, ended, stop };
}

async function newEndpoint(place: Place): Promise<Endpoint> {
  const { secret } = place;
  if (place.loopback) return { port: await freePort(), secret };
  return { port: 5432, secret, socketFolder: await socketFolderFor(place.dataFolder, place.account) };
}

async function clearRemains(
  place: Place & { endpoint?: Endpoint },
  file: PostmasterFile | undefined,
): Promise<void> {
  await disownPostmasterFile(place.dataFolder);
  const folders = [place.dataFolder, place.endpoint?.socketFolder, file?.socketFolder].filter(
    (folder) => folder !== undefined,
  );
  for (const folder of folders) {
    if (folder.startsWith("/")) await removeStaleSocket(folder, file?.port ?? 5432);
  }
  const old = file?.socketFolder;
  if (old && old !== place.endpoint?.socketFolder) await removeSocketFolder(old);
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}
