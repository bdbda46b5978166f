import { execFile } from "node:child_process";
import { chmod, lchown, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { StartError } from "#lib/kernel/errors.ts";

/** The unprivileged account that PostgreSQL runs under when the console runs as root. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

const name = "bailiwick";

/** What others run under as well: whoever is one of these is not kept out of the data by anything. */
const shared = ["nobody", "postgres"];

/**
 * PostgreSQL refuses to run as root: then an account of its own has to own the data, the one that owns it already if that
 * is nobody else's. Undefined when PostgreSQL can run as we do.
 */
export async function accountFor(dataFolder: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(dataFolder).catch(() => undefined);
  if (owner && owner.uid !== 0 && !(await isShared(owner.uid)))
    return { name: `number ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  return (await accountNamed(name)) ?? createAccount();
}

/**
 * Makes a folder with all that is in it the account's: one that root restored, or that a shared account owned. Killed on
 * the way, it leaves the folder itself root's, so that the next start begins anew.
 */
export async function handOver(folder: string, account: Account): Promise<void> {
  // What is open to root alone cannot be changed by the old owner meanwhile.
  await lchown(folder, 0, 0);
  await chmod(folder, 0o700);
  const entries = await readdir(folder, { recursive: true });
  for (const entry of entries) await lchown(join(folder, entry), account.uid, account.gid);
  await lchown(folder, account.uid, account.gid);
}

async function isShared(uid: number): Promise<boolean> {
  const found = await Promise.all(shared.map(accountNamed));
  return uid === 65534 || found.some((account) => account?.uid === uid);
}

async function accountNamed(wanted: string): Promise<Account | undefined> {
  const accounts = (await readFile("/etc/passwd", "utf8").catch(() => "")).split("\n").map(parse);
  return accounts.find((entry) => entry.name === wanted && entry.uid > 0 && entry.gid > 0);
}

/** As a package of a Linux distribution does when it is installed: initdb needs an account that has a name. */
async function createAccount(): Promise<Account> {
  const flags = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"];
  const command = ["useradd", [...flags, "--shell", "/usr/sbin/nologin", name]] as const;
  // Two that start at once: one makes it, and the other finds it.
  const why = await promisify(execFile)(...command).then(
    () => "",
    (error: Error & { stderr?: string }) => (error.stderr || error.message).trim().split("\n").at(-1) ?? "",
  );
  const account = await accountNamed(name);
  if (account) return account;
  throw new StartError(
    "no_account",
    `PostgreSQL does not run as root, and the account ${name} could not be made for it (${why}): run \`useradd --system ${name}\`, start Bailiwick as an ordinary user, or set DATABASE_URL.`,
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
