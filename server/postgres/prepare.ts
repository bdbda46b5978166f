import { mkdir, readFile, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { StartError } from "#lib/kernel/errors.ts";
import { secretFile } from "#lib/kernel/secret-file.ts";
import { type Account, accountFor } from "./account.ts";
import { type Binaries, findBinaries, versionOf } from "./binaries.ts";
import { initialise } from "./initialise.ts";
import { reachableBinaries } from "./reachable-binaries.ts";
import type { PostgresOptions } from "./supervisor.ts";

/** What stays the same while servers come and go on one data folder. */
export interface Place {
  binaries: Binaries;
  dataFolder: string;
  account: Account | undefined;
  /** Set where the server listens on loopback. */
  password: string | undefined;
}

/** Finds the programs and the account, and makes the data folder if there is none. */
export async function prepare(options: PostgresOptions): Promise<Place> {
  const parent = dirname(options.folder);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const dataFolder = join(await realpath(parent), basename(options.folder));
  const account = await accountFor(dataFolder);
  const binaries = await reachableBinaries(await findBinaries(), account);
  const loopback = options.loopback ?? process.platform === "win32";
  const password = loopback ? secretFile(parent, "postgres-password") : undefined;

  const present = await majorOf(dataFolder);
  if (present === undefined) {
    options.onEvent?.({ kind: "initialising" });
    await initialise(binaries, dataFolder, account, { durable: options.durable ?? true, password });
  } else {
    const carried = (await versionOf(binaries)).split(".")[0];
    if (present !== carried) {
      throw new StartError(
        "other_postgres",
        `The data in ${dataFolder} was written by PostgreSQL ${present} and this release of Bailiwick carries PostgreSQL ${carried}: start the release that wrote it, or name another folder with BAILIWICK_DATA.`,
      );
    }
  }
  return { binaries, dataFolder, account, password };
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
