import { chown, mkdir, mkdtemp, open, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { StartError } from "#lib/kernel/errors.ts";
import { folderRefusal } from "#lib/kernel/folder-refusal.ts";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { roles } from "./endpoint.ts";
import { causeIn, remedyFor } from "./last-words.ts";
import { folderArgument, runProgram } from "./run-program.ts";

/** Makes an empty server in `dataFolder`, which appears whole or not at all: an init that was killed leaves a draft. */
export async function initialise(
  binaries: Binaries,
  dataFolder: string,
  account: Account | undefined,
  options: { durable: boolean; password: string; signal?: AbortSignal | undefined },
): Promise<void> {
  await refuseForeignContent(dataFolder);
  const draft = `${dataFolder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 }).catch((error) => {
    throw folderRefusal(dirname(dataFolder), error);
  });
  if (account) await chown(draft, account.uid, account.gid);
  const secret = await passwordFile(options.password, account);
  try {
    await runProgram(
      binaries.initdb,
      [...flags(options.durable), `--pwfile=${secret}`, "-D", folderArgument(draft, account)],
      { cwd: draft, account, signal: options.signal },
    );
  } catch (error) {
    options.signal?.throwIfAborted();
    const why = causeIn((error as Error).message, draft) ?? "initdb failed without a word";
    throw new StartError(
      "postgres_not_set_up",
      `The embedded PostgreSQL could not be set up in ${dataFolder}: ${why}.${remedyFor(why)}`,
    );
  } finally {
    await rm(dirname(secret), { recursive: true, force: true });
  }
  await rename(draft, dataFolder);
  if (options.durable) await syncFolder(dirname(dataFolder));
}

/** In a temporary folder, because the data's own may be closed to the account. */
async function passwordFile(password: string, account: Account | undefined): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bailiwick-"));
  const file = join(folder, "password");
  await writeFile(file, password, { mode: 0o600 });
  if (account) for (const path of [file, folder]) await chown(path, account.uid, account.gid);
  return file;
}

function flags(durable: boolean): string[] {
  return [
    `--username=${roles.superuser}`,
    "--auth-local=scram-sha-256",
    "--auth-host=scram-sha-256",
    "--encoding=UTF8",
    // PostgreSQL's own C.UTF-8: text sorts the same on every machine, and no system update can break an index.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-locale",
    "--data-checksums",
    "--no-instructions",
    ...(durable ? [] : ["--no-sync"]),
  ];
}

async function refuseForeignContent(folder: string): Promise<void> {
  const content = await readdir(folder).catch(() => undefined);
  if (content === undefined) return;
  if (content.length > 0) {
    throw new StartError(
      "folder_not_empty",
      `${folder} is not empty and holds no PostgreSQL database: move ${join(folder, content[0] ?? "")} away or name another folder with BAILIWICK_DATA.`,
    );
  }
  await rmdir(folder);
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}
