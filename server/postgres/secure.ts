import pg from "pg";
import { StartError } from "#lib/kernel/errors.ts";
import { pause } from "#server/pause.ts";
import { createDatabase } from "./create-database.ts";
import { databaseName, type Endpoint, urlOf } from "./endpoint.ts";
import { passwordsOnly, superuserFreely, writeHostRules } from "./host-rules.ts";
import type { Place } from "./prepare.ts";
import { setUpRoles } from "./set-up-roles.ts";

/**
 * Makes sure that the database is there, that nobody gets in without a password, and that its roles are as they have to be.
 * Also brings a data folder of release 0.1 here, where the account's word was enough. A kill at any point leaves what the
 * next start makes good: passwords are set before they are asked for.
 */
export async function secure(place: Place, endpoint: Endpoint, pid: number): Promise<void> {
  await admitSuperuser(place, endpoint, pid);
  await createDatabase(endpoint, databaseName);
  const client = new pg.Client({ connectionString: urlOf(endpoint, databaseName) });
  await client.connect();
  try {
    await setUpRoles(client, endpoint);
    await writeHostRules(place.dataFolder, place.account, passwordsOnly);
    // Each time: a start that was killed may have written the file without the server's reading it.
    await client.query("SELECT pg_reload_conf()");
    // Whoever came in before may not have been asked for a password.
    await client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
    );
  } finally {
    await client.end();
  }
}

/** A password file that was lost, or restored from another backup than the data, is no reason to lose the data. */
async function admitSuperuser(place: Place, endpoint: Endpoint, pid: number): Promise<void> {
  if (await letsIn(endpoint)) return;
  if (endpoint.socketFolder === undefined) {
    throw new StartError(
      "postgres_password_lost",
      `The password in the file postgres-password is not that of the database in ${place.dataFolder}: restore the file from the backup that the data came from.`,
    );
  }
  await writeHostRules(place.dataFolder, place.account, superuserFreely);
  for (let tries = 0; tries < 100; tries += 1) {
    process.kill(pid, "SIGHUP");
    await pause(50);
    if (await letsIn(endpoint)) return;
  }
  throw new StartError(
    "postgres_refuses",
    `The embedded PostgreSQL in ${place.dataFolder} refuses the console: stop the PostgreSQL process ${pid}, then start again.`,
  );
}

async function letsIn(endpoint: Endpoint): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(endpoint, "postgres") });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === "28P01") return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
