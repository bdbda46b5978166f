import { join } from "node:path";
import { database } from "#lib/kernel/database.ts";
import { type Env, withDatabaseUrl } from "#lib/kernel/env.ts";
import { StartError } from "#lib/kernel/errors.ts";
import { log } from "#lib/kernel/log.ts";
import { registry } from "#lib/kernel/registry.ts";
import { checkApplicationRole } from "./check-application-role.ts";
import type { Closing } from "./closing.ts";
import { grantToApplication } from "./grants.ts";
import { migrate, pendingAt } from "./migrate.ts";
import { checkOwnDatabase } from "./own-database.ts";
import { type PostgresEvent, startPostgres } from "./postgres/supervisor.ts";
import { say } from "./say.ts";

interface Reached {
  /** As the application: what the pools of this process use. */
  url: string;
  /** As the owner of the tables, and past a pooler: what migrates. */
  owner: string;
}

/**
 * The operator's database or the embedded one, migrated; its URL is the process's from here on.
 * @param as who this process is to the database; the embedded one lets the owner alone change the audit log
 */
export async function bringUpDatabase(
  settings: Env,
  closing: Closing,
  as: "application" | "owner" = "application",
): Promise<string> {
  const reached = (await ofOperator(settings, closing)) ?? (await embedded(settings, closing));
  const url = as === "owner" ? reached.owner : reached.url;
  registry().env = withDatabaseUrl(settings, url);
  closing.add("database pool", () => database().$disconnect());
  const applied = await migrate(reached.owner, undefined, closing.signal);
  await grantToApplication(reached.owner, reached.url);
  if (settings.databaseUrl && reached.owner !== reached.url) {
    if ((await pendingAt(reached.url)).length > 0)
      throw new StartError(
        "databases_differ",
        "DATABASE_URL and DATABASE_DIRECT_URL lead to different databases: make them name the same one, with and without the pooler.",
      );
    await checkApplicationRole(reached.owner, reached.url);
  }
  if (applied.length > 0) say(`Database brought up to date: ${applied.join(", ")}`);
  return url;
}

/** In milliseconds: after a power cut the database may need longer than the console to be there. */
const patience = 60_000;

async function ofOperator(settings: Env, { signal }: Closing): Promise<Reached | undefined> {
  const { databaseUrl, databaseDirectUrl } = settings;
  if (databaseUrl === undefined) return undefined;
  const wait = { patience, signal };
  await checkOwnDatabase(databaseUrl, "DATABASE_URL", wait);
  if (databaseDirectUrl) await checkOwnDatabase(databaseDirectUrl, "DATABASE_DIRECT_URL", wait);
  return { url: databaseUrl, owner: databaseDirectUrl ?? databaseUrl };
}

async function embedded(settings: Env, closing: Closing): Promise<Reached> {
  const postgres = await startPostgres({
    folder: join(settings.dataDir, "postgres"),
    // Besides the pool: migrations, notifications, and a person with psql.
    connections: settings.databasePoolSize + 20,
    onEvent: report,
    signal: closing.signal,
  });
  closing.add("PostgreSQL", () => postgres.stop());
  return { url: postgres.urls.application, owner: postgres.urls.owner };
}

function report(event: PostgresEvent): void {
  if (event.kind === "initialising") say("Setting up the embedded PostgreSQL ...");
  else if (event.kind === "joined") log().info("joined the PostgreSQL that was still running");
  else if (event.kind === "restart_failed")
    log().error({ err: event.error }, "PostgreSQL did not come back yet");
  else log().warn(`PostgreSQL: ${event.kind}`);
}
