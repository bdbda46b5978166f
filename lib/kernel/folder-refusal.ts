import { StartError } from "./errors.ts";

/** What to do about each fault of a folder that is not one of rights. */
const remedies: Record<string, [reason: string, text: string]> = {
  ENOSPC: ["disk_full", "its disk is full: free some space, then start again"],
  EDQUOT: ["disk_full", "its account has used up its disk quota: free some space, then start again"],
  EROFS: ["data_folder_closed", "it is on a read-only file system: mount it writable, then start again"],
  EIO: ["disk_broken", "its disk reports errors: look into the system's log before you start again"],
};

/** Why a start ends at a folder or a file in it, from what the operating system or SQLite said. */
export function folderRefusal(folder: string, error: unknown): StartError {
  const { code = "unknown error" } = error as NodeJS.ErrnoException;
  const remedy = remedies[code];
  if (remedy) return new StartError(remedy[0], `The data folder ${folder} cannot be written: ${remedy[1]}.`);
  return new StartError(
    "data_folder_closed",
    `The data folder ${folder} cannot be written (${code}): make it writable or name another folder with BAILIWICK_DATA.`,
  );
}
