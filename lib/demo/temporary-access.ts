import { beyond, givenBy, type Policy } from "#lib/access/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import type { Random } from "./random.ts";
import type { DemoHolder } from "./role-shares.ts";
import type { DemoEvent } from "./trail.ts";

const hour = 3_600_000;

const given = [
  { reason: "Stands in for a colleague on leave", since: 20, lasts: 72 },
  { reason: "Moves the backups to the new site", since: 3, lasts: 8 },
];
const asked = [
  { reason: "Patches the mail hosts tonight", since: 2, lasts: 24 },
  { reason: "Quarterly review of the edge sites", since: 26, lasts: 168 },
];

/** Two people have a further role for a time, and two others ask for one. */
export async function insertTemporaryAccess(
  tx: Tx,
  random: Random,
  { holders, policy, at }: { holders: readonly DemoHolder[]; policy: Policy; at: Date },
): Promise<DemoEvent[]> {
  const owner = holders[0] as DemoHolder;
  const events: DemoEvent[] = [];
  const settled = holders.filter(
    ({ administrates, earlier, createdAt }) =>
      !administrates && !earlier && at.getTime() - createdAt.getTime() > 30 * 24 * hour,
  );
  const usual = [...new Set(settled.flatMap(({ roles }) => roles))];
  const roles = await tx.role.findMany({
    where: { key: { in: usual }, blocking: false },
    select: { id: true, key: true },
    orderBy: { key: "asc" },
  });
  const moreFor = (holder: DemoHolder) => roles.filter(({ key }) => isMore(policy, owner, holder, key, at));
  const plans = [...given, ...asked];
  const candidates = settled.filter((holder) => moreFor(holder).length > 0);
  if (candidates.length < plans.length) return [];
  for (const [index, plan] of plans.entries()) {
    // Each from a share of their own, so that nobody is drawn twice.
    const holder = random.pick(candidates.filter((_one, place) => place % plans.length === index));
    const role = random.pick(moreFor(holder));
    const createdAt = new Date(at.getTime() - plan.since * hour);
    const endsAt = new Date(createdAt.getTime() + plan.lasts * hour);
    const row = { id: random.id(createdAt), userId: holder.id, roleId: role.id, reason: plan.reason, endsAt };
    const target = { kind: "user", id: holder.id, name: holder.username };
    const after = { role: role.key, reason: plan.reason, endsAt: endsAt.toISOString() };
    if (index < given.length) {
      const columns = { ...row, source: "elevation", givenBy: owner.username, createdAt };
      await tx.assignment.create({ data: columns, select: { id: true } });
      events.push({ at: createdAt, action: "give temporary access", actor: owner, target, after });
    } else {
      await tx.accessRequest.create({ data: { ...row, createdAt }, select: { id: true } });
      events.push({ at: createdAt, action: "request access", actor: holder, target, after });
    }
  }
  return events;
}

/** A role that gives somebody something new and that the owner may give. */
function isMore(policy: Policy, owner: DemoHolder, holder: DemoHolder, key: string, at: Date): boolean {
  const subject = {
    id: owner.id,
    active: true,
    assignments: owner.roles.map((role) => ({ id: role, role })),
  };
  const gives = givenBy(policy, key);
  const held = new Set(holder.roles.flatMap((role) => [...givenBy(policy, role).keys()]));
  return (
    beyond(policy, subject, key, at.getTime()).length === 0 &&
    [...gives.keys()].some((permission) => !held.has(permission))
  );
}
