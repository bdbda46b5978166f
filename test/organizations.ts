import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { nextInstant, nextNumber } from "./sequence.ts";

/** An organization as it is in the database, with teams of these names; answers the ids. */
export async function organization(
  teams: readonly string[] = [],
  name = `Organization ${nextNumber("organization")}`,
): Promise<{ id: string; name: string; teams: Record<string, string> }> {
  const at = nextInstant();
  const columns = (of: string) => ({
    id: newId(at.getTime()),
    name: of,
    nameKey: normaliseKey(of),
    createdAt: at,
    updatedAt: at,
  });
  const { id } = await database().organization.create({ data: columns(name), select: { id: true } });
  const rows = teams.map((team) => ({ ...columns(team), organizationId: id }));
  await database().team.createMany({ data: rows });
  return { id, name, teams: Object.fromEntries(rows.map((row) => [row.name, row.id])) };
}

/** Puts somebody there without asking any rule. */
export async function joins(
  { id: userId }: { id: string },
  organizationId: string,
  teamId?: string,
): Promise<void> {
  const createdAt = nextInstant();
  const membership = { organizationId, userId, createdAt };
  await database().organizationMember.createMany({ data: membership, skipDuplicates: true });
  if (teamId) await database().teamMember.create({ data: { ...membership, teamId } });
}

/** Where somebody is, as the database has it. */
export async function membershipsOf({ id }: { id: string }) {
  const [organizations, teams] = await Promise.all([
    database().organizationMember.findMany({ where: { userId: id }, select: { organizationId: true } }),
    database().teamMember.findMany({ where: { userId: id }, select: { teamId: true } }),
  ]);
  return {
    organizations: organizations.map((row) => row.organizationId).sort(),
    teams: teams.map((row) => row.teamId).sort(),
  };
}

/** Limits a role's stored grant, as a role editor would. */
export async function limitGrant(role: string, permissionKey: string, limits: object[]): Promise<void> {
  const { id: roleId } = await database().role.findUniqueOrThrow({ where: { key: role } });
  const where = { roleId_permissionKey: { roleId, permissionKey } };
  await database().grant.update({ where, data: { limits }, select: { roleId: true } });
}
