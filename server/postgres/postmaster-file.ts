import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Endpoint } from "./endpoint.ts";

/** What a running server writes into its data folder. */
export interface PostmasterFile {
  pid: number;
  port: number;
  /** Empty on a server without a Unix socket. */
  socketFolder: string;
}

const path = (dataFolder: string) => join(dataFolder, "postmaster.pid");

export async function readPostmasterFile(dataFolder: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(path(dataFolder), "utf8").catch(() => undefined);
  const [pid, , , port, socketFolder = ""] = (text ?? "").split("\n").map((line) => line.trim());
  if (!pid || !Number.isSafeInteger(Number(pid))) return undefined;
  return { pid: Math.abs(Number(pid)), port: Number(port) || 5432, socketFolder };
}

/** Where that server answers. */
export function endpointIn(
  dataFolder: string,
  { port, socketFolder }: PostmasterFile,
  secret: string | undefined,
): Endpoint {
  if (!socketFolder) return { port, secret };
  return { port, secret, socketFolder: socketFolder === "." ? dataFolder : socketFolder };
}

/**
 * Tells PostgreSQL that the process named in its lock file is not a server.
 * The file must stay: its shared memory key is how a new server finds out that children of a killed one still
 * write. A lock file that names the new server's own parent counts as stale, so that is what we name.
 */
export async function disownPostmasterFile(dataFolder: string): Promise<void> {
  const text = await readFile(path(dataFolder), "utf8").catch(() => undefined);
  if (text === undefined) return;
  const [line = ""] = text.split("\n", 1);
  // A power cut can leave an empty file, which PostgreSQL would not pass.
  if (!/\d/.test(line)) return rm(path(dataFolder), { force: true });
  const own = String(process.pid).padEnd(line.length);
  await writeFile(path(dataFolder), own + text.slice(line.length), { flag: "r+" });
}

/** The lock beside a socket names a process too; with no server on the data folder it means nothing. */
export async function removeStaleSocket(socketFolder: string, port: number): Promise<void> {
  await rm(join(socketFolder, `.s.PGSQL.${port}`), { force: true });
  await rm(join(socketFolder, `.s.PGSQL.${port}.lock`), { force: true });
}
