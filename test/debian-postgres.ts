import { chmod, mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Account, accountFor, handOver } from "#server/postgres/account.ts";
import { type Binaries, binariesIn, versionOf } from "#server/postgres/binaries.ts";
import { roles, urlOf } from "#server/postgres/endpoint.ts";
import { launch, untilReady } from "#server/postgres/launch.ts";
import { runProgram } from "#server/postgres/run-program.ts";
import { shutDown } from "#server/postgres/shut-down.ts";
import { removeSocketFolder, socketFolderFor } from "#server/postgres/socket-folder.ts";

const oldest = 15;
const shelf = "/usr/lib/postgresql";

export interface DebianPostgres {
  url: string;
  /** Such as 15.18. */
  version: string;
  /** Folder of its Unix socket. */
  socketFolder: string;
  /** That it runs under, unless that is this process's own. */
  account: Account | undefined;
  /** Of pg_dump and its like. */
  programs: string;
  stop(): Promise<void>;
}

/** The newest PostgreSQL of Debian's packages that this machine has and the console supports. */
async function findDebianPostgres(): Promise<Binaries | undefined> {
  const found: string[] = await readdir(shelf).catch(() => []);
  const majors = found.map(Number).filter((major) => major >= oldest);
  for (const major of majors.sort((one, other) => other - one)) {
    const programs: string[] = await readdir(join(shelf, String(major), "bin")).catch(() => []);
    if (programs.includes("initdb")) return binariesIn(join(shelf, String(major)));
  }
  return undefined;
}

/** A throw-away cluster of its own in `dataFolder`, run as an unprivileged account where this process is root. */
export async function startDebianPostgres(dataFolder: string): Promise<DebianPostgres> {
  const binaries = await findDebianPostgres();
  if (!binaries) throw new Error(`There is no PostgreSQL in ${shelf}: apt-get install postgresql.`);
  await mkdir(dataFolder, { mode: 0o700 });
  // These programs go to their folder by its whole path.
  await chmod(dirname(dataFolder), 0o711);
  const account = await accountFor(dataFolder);
  if (account) await handOver(dataFolder, account);
  const flags = [
    `--username=${roles.superuser}`,
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--no-sync",
    "-D",
    dataFolder,
  ];
  await runProgram(binaries.initdb, flags, { cwd: dataFolder, account });
  const endpoint = { port: 5432, socketFolder: await socketFolderFor(dataFolder, account) };
  const child = await launch({ binaries, dataFolder, account, endpoint, connections: 300, durable: false });
  const gone = () => child.exitCode !== null || child.signalCode !== null;
  if (!(await untilReady(endpoint, async () => !gone()))) throw new Error("PostgreSQL did not start.");
  return {
    url: urlOf(endpoint, "postgres"),
    version: await versionOf(binaries),
    socketFolder: endpoint.socketFolder,
    account,
    programs: join(binaries.folder, "bin"),
    stop: async () => {
      await shutDown(child.pid as number, binaries, dataFolder);
      await removeSocketFolder(endpoint.socketFolder);
    },
  };
}
