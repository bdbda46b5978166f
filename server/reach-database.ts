import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Env } from "#lib/kernel/env.ts";
import { StartError } from "#lib/kernel/errors.ts";
import { bringUpDatabase } from "./bring-up-database.ts";
import type { Closing } from "./closing.ts";
import { lockDataFolder } from "./data-lock.ts";
import { joinDatabase } from "./join-database.ts";
import { runningServer } from "./postgres/running-server.ts";

/**
 * For commands on the server, as the owner of its tables: the database of the console that runs, or the same database
 * while none does; then nothing else may use it meanwhile.
 */
export async function reachDatabase(settings: Env, closing: Closing): Promise<void> {
  if (settings.databaseUrl) return joinDatabase(settings.databaseDirectUrl ?? settings.databaseUrl, closing);
  const folder = join(settings.dataDir, "postgres");
  if (!existsSync(join(folder, "PG_VERSION"))) {
    throw new StartError(
      "no_database",
      `No database of Bailiwick can be found in ${settings.dataDir}: run this as the console's own account, with the same BAILIWICK_DATA or DATABASE_URL.`,
    );
  }
  try {
    const lock = await lockDataFolder(settings.dataDir);
    closing.add("data folder", lock.release);
  } catch (error) {
    const url = await runningServer(folder, "owner");
    if (url === undefined) throw error;
    return joinDatabase(url, closing);
  }
  await bringUpDatabase(settings, closing, "owner");
}
