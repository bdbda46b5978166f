import { accountFor, handOver } from "#server/postgres/account.ts";
import { findBinaries } from "#server/postgres/binaries.ts";
import { databaseName, urlOf } from "#server/postgres/endpoint.ts";
import { launch, untilReady } from "#server/postgres/launch.ts";
import { reachableBinaries } from "#server/postgres/reachable-binaries.ts";
import { shutDown } from "#server/postgres/shut-down.ts";
import { removeSocketFolder, socketFolderFor } from "#server/postgres/socket-folder.ts";

/** Runs PostgreSQL on a recorded data folder as it is, while `work` is done as its superuser: nothing in it is upgraded. */
export async function withUntouchedServer(
  dataFolder: string,
  work: (url: string) => Promise<void>,
): Promise<void> {
  const account = await accountFor(dataFolder);
  if (account) await handOver(dataFolder, account);
  const binaries = await reachableBinaries(await findBinaries(), account);
  const socketFolder = await socketFolderFor(dataFolder, account);
  const endpoint = { port: 5432, socketFolder };
  const child = await launch({ binaries, dataFolder, account, endpoint, connections: 20, durable: false });
  try {
    if (!(await untilReady(endpoint, async () => child.exitCode === null)))
      throw new Error("The recorded PostgreSQL did not start.");
    await work(urlOf(endpoint, databaseName));
  } finally {
    await shutDown(child.pid as number, binaries, dataFolder);
    await removeSocketFolder(socketFolder);
  }
}
