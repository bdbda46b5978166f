import { chmod, mkdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { StartError } from "#lib/kernel/errors.ts";
import { folderRefusal } from "#lib/kernel/folder-refusal.ts";
import { secretFile } from "#lib/kernel/secret-file.ts";
import { type Account, accountFor, handOver } from "./account.ts";
import { type Binaries, findBinaries, versionOf } from "./binaries.ts";
import { passwordOf } from "./endpoint.ts";
import { initialise } from "./initialise.ts";
import { readPostmasterFile } from "./postmaster-file.ts";
import { isPostmasterOf } from "./process-info.ts";
import { reachableBinaries } from "./reachable-binaries.ts";
import { shutDown } from "./shut-down.ts";
import type { PostgresOptions } from "./supervisor.ts";

/** What stays the same while servers come and go on one data folder. */
export interface Place {
  binaries: Binaries;
  dataFolder: string;
  account: Account | undefined;
  /** What the passwords of the server's roles are made from. */
  secret: string;
  /** On a loopback port, and not on a Unix socket. */
  loopback: boolean;
}

/** In the console's data folder, beside the server's, which an account of its own owns. */
export const passwordFile = "postgres-password";

/** Finds the programs and the account, and makes the data folder if there is none. */
export async function prepare(options: PostgresOptions): Promise<Place> {
  const parent = dirname(options.folder);
  await mkdir(parent, { recursive: true, mode: 0o700 }).catch((error) => {
    throw folderRefusal(parent, error);
  });
  const dataFolder = join(await realpath(parent), basename(options.folder));
  const account = await accountFor(dataFolder);
  const binaries = await reachableBinaries(await findBinaries(), account);
  await closeToOthers(dataFolder, account, binaries);
  const loopback = options.loopback ?? process.platform === "win32";
  const secret = secretFile(parent, passwordFile);

  const present = await majorOf(dataFolder);
  if (present === undefined) {
    options.onEvent?.({ kind: "initialising" });
    await initialise(binaries, dataFolder, account, {
      durable: options.durable ?? true,
      password: passwordOf(secret, "superuser"),
      signal: options.signal,
    });
  } else {
    const carried = (await versionOf(binaries)).split(".")[0];
    if (present !== carried) {
      throw new StartError(
        "other_postgres",
        `The data in ${dataFolder} was written by PostgreSQL ${present} and this release of Bailiwick carries PostgreSQL ${carried}: start the release that wrote it, or name another folder with BAILIWICK_DATA.`,
      );
    }
  }
  return { binaries, dataFolder, account, secret, loopback };
}

/** A folder whose owner or mode is not as it should be, as after a restore: PostgreSQL would refuse it. */
async function closeToOthers(
  dataFolder: string,
  account: Account | undefined,
  binaries: Binaries,
): Promise<void> {
  const found = await stat(dataFolder).catch(() => undefined);
  if (!found) return;
  if (account && found.uid !== account.uid) {
    // A killed console of release 0.1 may have left one that runs as the shared account.
    const file = await readPostmasterFile(dataFolder);
    if (file && (await isPostmasterOf(file.pid, dataFolder))) await shutDown(file.pid, binaries, dataFolder);
    await handOver(dataFolder, account);
  }
  if (process.platform === "win32" || (found.mode & 0o777) === 0o700) return;
  await chmod(dataFolder, 0o700).catch((error) => {
    throw folderRefusal(dataFolder, error);
  });
}

async function majorOf(dataFolder: string): Promise<string | undefined> {
  try {
    return (await readFile(join(dataFolder, "PG_VERSION"), "utf8")).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new StartError(
      "data_folder_closed",
      `The data folder ${dataFolder} cannot be read (${(error as NodeJS.ErrnoException).code}): start Bailiwick under the account that owns it, or name another folder with BAILIWICK_DATA.`,
    );
  }
}
