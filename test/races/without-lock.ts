import { database } from "#lib/kernel/database.ts";
import { Prisma } from "#prisma";

/**
 * A database in which the lock for access changes locks nothing: before PostgreSQL's own function it finds one of the
 * same name that does nothing. No line of the product is changed for it. Holds for connections that are made from now on.
 */
export async function takeLockAway(): Promise<void> {
  const [row] = await database().$queryRaw<{ name: string }[]>`SELECT current_database() AS name`;
  for (const statement of [
    "CREATE SCHEMA unlocked",
    "CREATE FUNCTION unlocked.pg_advisory_xact_lock(integer) RETURNS void LANGUAGE sql AS ''",
    `ALTER DATABASE "${row?.name}" SET search_path = unlocked, public, pg_catalog`,
  ])
    await database().$executeRaw(Prisma.raw(statement));
}
