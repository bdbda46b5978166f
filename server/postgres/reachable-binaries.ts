import { cp, lstat, mkdir, rename, rm } from "node:fs/promises";
import { StartError } from "#lib/kernel/errors.ts";
import { type Account, canReach } from "./account.ts";
import { type Binaries, binariesIn, versionOf } from "./binaries.ts";

const shelf = "/var/lib/bailiwick";

/** The same programs where the account may run them: a copy when they lie under a closed folder such as /root. */
export async function reachableBinaries(binaries: Binaries, account: Account | undefined): Promise<Binaries> {
  if (!account || (await canReach(binaries.folder, account))) return binaries;
  const copy = `${shelf}/postgresql-${await versionOf(binaries)}`;
  try {
    await mkdir(shelf, { recursive: true, mode: 0o755 });
    if (!(await isOurs(copy))) {
      const draft = `${copy}.${process.pid}`;
      await rm(draft, { recursive: true, force: true });
      await cp(binaries.folder, draft, { recursive: true, verbatimSymlinks: true });
      await rm(copy, { recursive: true, force: true });
      await rename(draft, copy);
    }
    if (await canReach(copy, account)) return binariesIn(copy);
  } catch {
    // Said below, whatever the reason.
  }
  throw new StartError(
    "binaries_unreachable",
    `PostgreSQL does not run as root, and the account ${account.name} cannot reach ${binaries.folder}: move Bailiwick out of that closed folder, start it as an ordinary user, or set DATABASE_URL.`,
  );
}

async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  return found?.isDirectory() === true && found.uid === 0 && (found.mode & 0o022) === 0;
}
