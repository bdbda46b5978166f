import { database } from "#lib/kernel/database.ts";
import { env, withDatabaseUrl } from "#lib/kernel/env.ts";
import { StartError } from "#lib/kernel/errors.ts";
import { registry } from "#lib/kernel/registry.ts";
import type { Closing } from "./closing.ts";
import { pendingAt } from "./migrate.ts";
import { checkOwnDatabase } from "./own-database.ts";

/** Points this process at a database that a console uses, which alone migrates it. */
export async function joinDatabase(url: string, closing: Closing): Promise<void> {
  await checkOwnDatabase(url);
  if ((await pendingAt(url)).length > 0) {
    throw new StartError(
      "other_release",
      "The database belongs to another release of Bailiwick: start this release's console on it first, or run this command from the release that uses it.",
    );
  }
  registry().env = withDatabaseUrl(env(), url);
  closing.add("database pool", () => database().$disconnect());
}
