import { isMetBy, presentNeeds, type Refusal } from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { Prisma } from "#prisma";
import { liveRules } from "./mapped-roles.ts";
import { triedPeople, type WantedMapping } from "./tried-people.ts";

/**
 * Lockout, before it can come to it: would nobody be left to manage users once everybody known at the provider has
 * signed in there again? For whatever makes a mapping count: switching sync or the provider on, other rules meanwhile.
 * The caller holds the access lock.
 */
export async function brakeRefusal(tx: Tx, at: Date, mapping: WantedMapping): Promise<Refusal | undefined> {
  const access = await currentPolicy(tx);
  if (liveRules(access, mapping).length === 0) return undefined;
  const untouched = Prisma.sql`NOT EXISTS (
    SELECT 1 FROM identities t WHERE t.user_id = u.id AND t.provider = ${mapping.slug} OFFSET 0)`;
  const open = new Set<Awaited<ReturnType<typeof presentNeeds>>[number]>();
  for (const need of await presentNeeds(tx, at))
    if (!(await isMetBy(tx, need, at, untouched))) open.add(need);
  if (open.size === 0) return undefined;
  for await (const person of triedPeople(tx, access, { mapping, at: at.getTime() })) {
    if (!person.active) continue;
    const all = [...person.after, ...person.temporary];
    for (const need of open)
      if (
        need.roles.some((key) => person.forGood.includes(key)) &&
        !need.without.some((key) => all.includes(key))
      )
        open.delete(need);
    if (open.size === 0) return undefined;
  }
  const message =
    "Role sync would lock everybody out: at their next sign-in the last people who can manage users would lose that right. Add a rule that gives one of them a role with it, and try again.";
  return { code: "conflict", reason: "sync_brake", message };
}
