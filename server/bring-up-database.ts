import { join } from "node:path";
import { database } from "#lib/kernel/database.ts";
import type { Env } from "#lib/kernel/env.ts";
import { StartError } from "#lib/kernel/errors.ts";
import { log } from "#lib/kernel/log.ts";
import { registry } from "#lib/kernel/registry.ts";
import type { Closing } from "./closing.ts";
import { migrate, pendingAt } from "./migrate.ts";
import { checkOwnDatabase } from "./own-database.ts";
import { type PostgresEvent, startPostgres } from "./postgres/supervisor.ts";
import { say } from "./say.ts";

/** The owner's database or the embedded one, migrated; its URL is the process's from here on. */
export async function bringUpDatabase(settings: Env, closing: Closing): Promise<string> {
  const url = settings.databaseUrl ?? (await embedded(settings, closing));
  const direct = settings.databaseUrl && settings.databaseDirectUrl;
  if (settings.databaseUrl) await checkOwnDatabase(url);
  if (direct) await checkOwnDatabase(direct, "DATABASE_DIRECT_URL");
  registry().env = { ...settings, databaseUrl: url };
  closing.add("database pool", () => database().$disconnect());
  const applied = await migrate(direct || url, undefined, closing.signal);
  if (direct && (await pendingAt(url)).length > 0)
    throw new StartError(
      "databases_differ",
      "DATABASE_URL and DATABASE_DIRECT_URL lead to different databases: make them name the same one, with and without the pooler.",
    );
  if (applied.length > 0) say(`Database brought up to date: ${applied.join(", ")}`);
  return url;
}

async function embedded(settings: Env, closing: Closing): Promise<string> {
  const postgres = await startPostgres({
    folder: join(settings.dataDir, "postgres"),
    // Besides the pool: health, migrations, notifications, and a person with psql.
    connections: settings.databasePoolSize + 20,
    onEvent: report,
  });
  closing.add("PostgreSQL", () => postgres.stop());
  return postgres.url;
}

function report(event: PostgresEvent): void {
  if (event.kind === "initialising") say("Setting up the embedded PostgreSQL ...");
  else if (event.kind === "joined") log().info("joined the PostgreSQL that was still running");
  else if (event.kind === "restart_failed")
    log().error({ err: event.error }, "PostgreSQL did not come back yet");
  else log().warn(`PostgreSQL: ${event.kind}`);
}
