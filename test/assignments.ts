import type { Window } from "#lib/access/index.ts";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";

interface Hold {
  start?: Date | undefined;
  end?: Date | undefined;
  window?: Window | undefined;
  organization?: string | undefined;
  team?: string | undefined;
}

/** Changes how somebody holds a role, as if it had been given so. */
export async function holdAs({ id }: { id: string }, role: string, hold: Hold): Promise<void> {
  await database().assignment.updateMany({
    where: { userId: id, role: { key: role } },
    data: {
      startsAt: hold.start,
      endsAt: hold.end,
      window: hold.window,
      organizationId: hold.organization,
      teamId: hold.team,
    },
  });
}

/** An organization with one team of the same name; answers the ids. */
export async function organizationWithTeam(name: string): Promise<{ organization: string; team: string }> {
  const [organization, team] = [newId(), newId()];
  const row = { name, nameKey: name.toLowerCase(), createdAt: new Date(), updatedAt: new Date() };
  await database().organization.create({ data: { ...row, id: organization } });
  await database().team.create({ data: { ...row, id: team, organizationId: organization } });
  return { organization, team };
}

export async function join(
  { id: userId }: { id: string },
  { organization, team }: { organization: string; team?: string },
): Promise<void> {
  const member = { userId, organizationId: organization, createdAt: new Date() };
  await database().organizationMember.create({ data: member });
  if (team) await database().teamMember.create({ data: { ...member, teamId: team } });
}
