import { realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { secretFile } from "#lib/kernel/secret-file.ts";
import { databaseName, type Role, urlOf } from "./endpoint.ts";
import { endpointIn, readPostmasterFile } from "./postmaster-file.ts";
import { passwordFile } from "./prepare.ts";
import { isPostmasterOf } from "./process-info.ts";

/** Where the server on a data folder answers that another process keeps up; undefined when there is none. */
export async function runningServer(folder: string, role: Role): Promise<string | undefined> {
  const parent = await realpath(dirname(folder)).catch(() => undefined);
  if (parent === undefined) return undefined;
  const dataFolder = join(parent, basename(folder));
  const file = await readPostmasterFile(dataFolder);
  if (!file || !(await isPostmasterOf(file.pid, dataFolder))) return undefined;
  return urlOf(endpointIn(dataFolder, file, secretFile(parent, passwordFile)), databaseName, role);
}
