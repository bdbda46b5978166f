import pg from "pg";
import { StartError } from "#lib/kernel/errors.ts";
import { excessRights } from "./postgres/excess-rights.ts";
import { say } from "./say.ts";

/** In minutes: events of the audit log that are dated further ahead are refused. */
const clocksApart = 4;

/**
 * Looks at the application's role in a PostgreSQL of the operator's, where it is not the owner's: says what it may do
 * beyond what the console needs, with the SQL that takes it. Does nothing where one role does everything.
 * Throws a StartError when the database's clock differs so much that it would refuse events of the audit log.
 */
export async function checkApplicationRole(owner: string, application: string): Promise<void> {
  const [ownerRole, role] = [owner, application].map((url) => decodeURIComponent(new URL(url).username));
  if (!role || !ownerRole || role === ownerRole) return;
  const client = new pg.Client({ connectionString: owner, application_name: "bailiwick migrations" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ now: Date }>("SELECT clock_timestamp() AS now");
    const apart = Math.abs(Date.now() - (rows[0]?.now.getTime() ?? 0)) / 60_000;
    if (apart > clocksApart)
      throw new StartError(
        "clocks_differ",
        `The clocks of this machine and of the database are ${Math.round(apart)} minutes apart: set both by NTP, then start again.`,
      );
    const excess = await excessRights(client, role, ownerRole);
    if (excess.length > 0) say(warningOf(role, client.database ?? "", excess));
  } finally {
    await client.end().catch(() => undefined);
  }
}

function warningOf(role: string, database: string, excess: Awaited<ReturnType<typeof excessRights>>): string {
  return [
    `The database role ${role} has more rights than the console needs. It may:`,
    ...excess.map(({ what }) => `  ${what}`),
    `To revoke them, run this as a superuser of PostgreSQL, connected to the database ${database}:`,
    ...excess.map(({ statement }) => `  ${statement};`),
    "If other applications use this server, read docs/two-database-roles.md first.",
  ].join("\n");
}
