import { chown, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { StartError } from "#lib/kernel/errors.ts";

/** The unprivileged account that PostgreSQL runs under when the console runs as root. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

const candidates = ["bailiwick", "postgres", "nobody"];

/**
 * PostgreSQL refuses to run as root: then another account has to own the data, the one that owns it already if
 * there is one. Undefined when PostgreSQL can run as we do.
 */
export async function accountFor(dataFolder: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(dataFolder).catch(() => undefined);
  if (owner && owner.uid !== 0) return { name: `number ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  const account = await unprivilegedAccount();
  // A folder that root restored from a backup.
  if (owner) await handOver(dataFolder, account);
  return account;
}

async function handOver(folder: string, account: Account): Promise<void> {
  const entries = await readdir(folder, { recursive: true });
  for (const entry of ["", ...entries]) await chown(join(folder, entry), account.uid, account.gid);
}

async function unprivilegedAccount(): Promise<Account> {
  const accounts = (await readFile("/etc/passwd", "utf8").catch(() => "")).split("\n").map(parse);
  for (const name of candidates) {
    const account = accounts.find((entry) => entry.name === name);
    if (account && account.uid > 0 && account.gid > 0) return account;
  }
  throw new StartError(
    "no_account",
    "PostgreSQL does not run as root and there is no account bailiwick, postgres or nobody to run it: create one with `useradd --system bailiwick`, or set DATABASE_URL.",
  );
}

function parse(line: string): Account {
  const [name = "", , uid, gid] = line.split(":");
  return { name, uid: Number(uid), gid: Number(gid) };
}

/** Whether the account may reach the folder by its path: every folder above must let it through. */
export async function canReach(folder: string, account: Account | undefined): Promise<boolean> {
  if (!account) return true;
  const { uid, gid, mode } = await stat(folder);
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  const parent = dirname(folder);
  return parent === folder || canReach(parent, account);
}
