import type { Catalogue } from "#lib/access/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { day } from "./people.ts";
import type { Random } from "./random.ts";
import type { DemoHolder } from "./role-shares.ts";
import type { DemoEvent } from "./trail.ts";

const plans = [
  {
    name: "Harbour Logistics",
    description: "Warehouses and the freight terminal.",
    teams: ["Day shift", "Night shift", "Cloud platform"],
    share: 0.3,
  },
  {
    name: "Nordlys Energy",
    description: "Grid operations in the north.",
    teams: ["Control room", "Field"],
    share: 0.2,
  },
  {
    name: "Meridian Clinics",
    description: "Four clinics and their laboratory.",
    teams: ["Clinics"],
    share: 0.1,
  },
];

/** Whether grants of the catalogue's roles are limited to organizations or teams. */
const scoped = ({ roles }: Catalogue): boolean =>
  roles.some(({ grants }) =>
    grants.some(({ limits }) => limits.some(({ scope }) => scope === "organization" || scope === "team")),
  );

/** A few organizations with teams and members, where the catalogue's roles look at them. */
export async function insertOrganizations(
  tx: Tx,
  random: Random,
  { catalogue, holders, at }: { catalogue: Catalogue; holders: readonly DemoHolder[]; at: Date },
): Promise<DemoEvent[]> {
  if (!scoped(catalogue)) return [];
  const owner = holders[0] as DemoHolder;
  const events: DemoEvent[] = [];
  for (const [index, plan] of plans.entries()) {
    const createdAt = new Date(at.getTime() - (300 - index * 40 - random.next()) * day);
    const columns = (name: string) => ({
      id: random.id(createdAt),
      name,
      nameKey: normaliseKey(name),
      createdAt,
      updatedAt: createdAt,
    });
    const organization = { ...columns(plan.name), description: plan.description };
    const organizationId = organization.id;
    await tx.organization.create({ data: organization, select: { id: true } });
    const teams = plan.teams.map((name) => ({ ...columns(name), organizationId }));
    await tx.team.createMany({ data: teams });
    const members = holders.slice(1).filter(() => random.chance(plan.share));
    const membership = ({ id: userId, createdAt: came }: DemoHolder) => ({
      organizationId,
      userId,
      createdAt: new Date(Math.max(createdAt.getTime(), came.getTime()) + day * random.next()),
    });
    const joined = members.map(membership);
    await tx.organizationMember.createMany({ data: joined });
    const inTeams = joined
      .filter(() => random.chance(0.85))
      .map((row) => ({ ...row, teamId: random.pick(teams).id }));
    await tx.teamMember.createMany({ data: inTeams });
    events.push({
      at: createdAt,
      action: "add organization",
      actor: owner,
      target: { kind: "organization", id: organizationId, name: plan.name },
      after: { name: plan.name, description: plan.description },
    });
  }
  return events;
}
