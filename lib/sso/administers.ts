import { type Capability, rolesThatCouldGive } from "#lib/access/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { currentPolicy } from "#lib/policy/index.ts";

/** Whoever may do one of these could make themselves or others anything. */
const powers: readonly Capability[] = ["manageUsers", "manageRoles", "manageSettings", "manageSuperusers"];

/** Does somebody administer, now or at any hour, in full or within limits, or hold a guarded role? */
export async function administers(tx: Tx, userId: string): Promise<boolean> {
  const { policy, catalogue } = await currentPolicy(tx);
  const giving = powers.flatMap((power) => {
    const permission = catalogue.capabilities[power];
    return permission === undefined ? [] : rolesThatCouldGive(policy, permission);
  });
  const role = { OR: [{ key: { in: giving } }, { guarded: true }, { superuser: true }] };
  return (await tx.assignment.count({ where: { userId, role } })) > 0;
}
