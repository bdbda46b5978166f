import { chown, lstat, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Account, canReach } from "./account.ts";

/** A socket's path has at most 107 bytes on Linux and 103 elsewhere, and the socket's name takes 14. */
const longest = 103 - "/.s.PGSQL.65535".length;
const prefix = "bailiwick-";

/** The data folder itself where its path is short enough and open to the account, else a private temporary one. */
export async function socketFolderFor(dataFolder: string, account: Account | undefined): Promise<string> {
  const short = Buffer.byteLength(dataFolder) <= longest;
  if (short && (await canReach(dataFolder, account))) return dataFolder;
  const parent = tmpdir().length + prefix.length + 7 <= longest ? tmpdir() : "/tmp";
  const folder = await mkdtemp(join(parent, prefix));
  if (account) await chown(folder, account.uid, account.gid);
  return folder;
}

/** The temporary folder that a killed server left behind; never anything that we did not make. */
export async function removeSocketFolder(folder: string): Promise<void> {
  if (!/\/bailiwick-\w{6}$/.test(folder)) return;
  const found = await lstat(folder).catch(() => undefined);
  const mine = found?.isDirectory() && (process.getuid?.() === 0 || found.uid === process.getuid?.());
  if (mine) await rm(folder, { recursive: true, force: true });
}
