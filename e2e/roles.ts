import { database } from "#lib/kernel/database.ts";

/** What the database says that a role holds itself. */
export async function grantsOf(role: string): Promise<string[]> {
  const grants = await database().grant.findMany({
    where: { role: { key: role } },
    select: { permissionKey: true },
    orderBy: { permissionKey: "asc" },
  });
  return grants.map(({ permissionKey }) => permissionKey);
}
