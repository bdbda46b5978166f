import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { StartError } from "#lib/kernel/errors.ts";
import { folderRefusal } from "#lib/kernel/folder-refusal.ts";

export interface DataLock {
  /** Tells a second console where the first one serves. */
  announce(address: string): Promise<void>;
  release(): Promise<void>;
}

const lockFile = "console.lock";
const holderName = "console.json";

/** Held here, because a lock that nothing refers to would be collected, and open again. */
const held = new Set<DatabaseSync>();

/**
 * One console a data folder. The lock is the operating system's: it is SQLite's lock on an empty file, which ends
 * with the process however that ends, and means the same to processes in different containers.
 */
export async function lockDataFolder(folder: string): Promise<DataLock> {
  const holderFile = join(folder, holderName);
  const lock = await open(folder);
  try {
    lock.exec("PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    throw await refusalOf(folder, error as SqliteError);
  }
  held.add(lock);
  const announce = (address?: string) =>
    writeFile(holderFile, JSON.stringify({ pid: process.pid, address }), { mode: 0o600 });
  await announce().catch((error) => {
    held.delete(lock);
    lock.close();
    throw folderRefusal(folder, error);
  });
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
    // Loaded here: some versions of Node warn of it, which by now is a line of the log.
    const { DatabaseSync } = await import("node:sqlite");
    return new DatabaseSync(join(folder, lockFile), { timeout: 0 });
  } catch (error) {
    throw await refusalOf(folder, error as SqliteError);
  }
}

/** Node tells SQLite's result code: https://sqlite.org/rescode.html. */
type SqliteError = NodeJS.ErrnoException & { errcode?: number };
/** Those that are an operating system's in other words. */
const osCodes: Record<number, string> = { 8: "EROFS", 10: "EIO", 13: "ENOSPC", 14: "EACCES" };
const busy = 5;
const damaged = [11, 26];

async function refusalOf(folder: string, error: SqliteError): Promise<StartError> {
  // The extended codes have more in their upper bytes.
  const code = error.errcode === undefined ? undefined : error.errcode & 0xff;
  if (code === busy) {
    return new StartError(
      "data_folder_in_use",
      `Another Bailiwick${await holder(join(folder, holderName))} already uses the data folder ${folder}: stop it first, or give this one a folder of its own with BAILIWICK_DATA.`,
    );
  }
  if (code !== undefined && damaged.includes(code)) {
    return new StartError(
      "data_lock_damaged",
      `The file ${join(folder, lockFile)} is damaged (${error.message}): it holds nothing, so delete it and start again.`,
    );
  }
  return folderRefusal(folder, code === undefined ? error : { code: osCodes[code] ?? error.message });
}

async function holder(holderFile: string): Promise<string> {
  try {
    const { pid, address } = JSON.parse(await readFile(holderFile, "utf8"));
    return ` (process ${pid}${address ? `, ${address}` : ""})`;
  } catch {
    return "";
  }
}
