import pg from "pg";
import { StartError } from "#lib/kernel/errors.ts";

const oldest = 15;

/** Checks the PostgreSQL that DATABASE_URL names: it answers, is new enough and keeps every letter. */
export async function checkOwnDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new StartError(
      "database_unreachable",
      `The database ${withoutPassword(url)} cannot be reached (${reason(error)}): check DATABASE_URL and that PostgreSQL runs there, or unset it to use the embedded one.`,
    );
  }
  const { rows } = await client.query<{ version: string; encoding: string }>(
    "SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding",
  );
  await client.end();
  const refusal = rows[0] && refusalOf(rows[0]);
  if (refusal)
    throw new StartError("database_unsuitable", `The database ${withoutPassword(url)} ${refusal}.`);
}

export function refusalOf({ version, encoding }: { version: string; encoding: string }): string | undefined {
  if (Number.parseInt(version, 10) < oldest) {
    return `is PostgreSQL ${version}, and Bailiwick needs ${oldest} or newer: upgrade it, or unset DATABASE_URL to use the embedded one`;
  }
  if (encoding !== "UTF8") {
    return `stores text as ${encoding}, and Bailiwick needs UTF8: create it with ENCODING 'UTF8' TEMPLATE template0`;
  }
  return undefined;
}

function withoutPassword(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function reason(error: unknown): string {
  // Node tries every address of a name and collects the failures.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  return (first as Error).message;
}
