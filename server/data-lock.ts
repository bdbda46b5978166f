import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StartError } from "#lib/kernel/errors.ts";

export interface DataLock {
  /** Tells a second console where the first one serves. */
  announce(address: string): Promise<void>;
  release(): Promise<void>;
}

/** Held here, because a lock that nothing refers to would be collected, and open again. */
const held = new Set<DatabaseSync>();

/**
 * One console a data folder. The lock is the operating system's: it is SQLite's lock on an empty file, which ends
 * with the process however that ends, and means the same to processes in different containers.
 */
export async function lockDataFolder(folder: string): Promise<DataLock> {
  const holderFile = join(folder, "console.json");
  const lock = await open(folder);
  try {
    lock.exec("PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE");
  } catch {
    lock.close();
    throw new StartError(
      "data_folder_in_use",
      `Another Bailiwick${await holder(holderFile)} already uses the data folder ${folder}: stop it first, or give this one a folder of its own with BAILIWICK_DATA.`,
    );
  }
  held.add(lock);
  const announce = (address?: string) =>
    writeFile(holderFile, JSON.stringify({ pid: process.pid, address }), { mode: 0o600 });
  await announce();
  return {
    announce,
    release: async () => {
      await rm(holderFile, { force: true });
      held.delete(lock);
      lock.close();
    },
  };
}

async function open(folder: string): Promise<DatabaseSync> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new DatabaseSync(join(folder, "console.lock"), { timeout: 0 });
  } catch (error) {
    throw new StartError(
      "data_folder_closed",
      `The data folder ${folder} cannot be written (${(error as Error).message}): make it writable or name another folder with BAILIWICK_DATA.`,
    );
  }
}

async function holder(holderFile: string): Promise<string> {
  try {
    const { pid, address } = JSON.parse(await readFile(holderFile, "utf8"));
    return ` (process ${pid}${address ? `, ${address}` : ""})`;
  } catch {
    return "";
  }
}
