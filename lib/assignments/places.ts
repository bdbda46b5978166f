import type { Reader } from "#lib/kernel/database.ts";
import type { Place, Places } from "./schema.ts";

/** Organizations and teams that somebody belongs to: what a role of theirs can be narrowed to. */
export async function placesOf(reader: Reader, userId: string): Promise<Places> {
  const place = { id: true, name: true } as const;
  const organizations = await reader.organization.findMany({
    where: { members: { some: { userId } } },
    select: place,
  });
  const teams = await reader.team.findMany({
    where: { members: { some: { userId } } },
    select: { ...place, organizationId: true },
  });
  const exist = organizations.length > 0 || (await reader.organization.count({ take: 1 })) > 0;
  return { exist, organizations: organizations.sort(byName), teams: teams.sort(byName) };
}

const byName = (one: Place, other: Place): number => one.name.localeCompare(other.name);
