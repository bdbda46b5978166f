import { type Capability, rolesThatCouldGive } from "#lib/access/index.ts";
import { heldAt } from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import type { Prisma } from "#prisma";

/** Whoever may do one of these could make themselves or others anything. */
const powers: readonly Capability[] = ["manageUsers", "manageRoles", "manageSettings", "manageSuperusers"];

/** Roles whose holders administer, at any hour, in full or within limits; guarded ones are among them. */
export async function administeringRoles(tx: Tx): Promise<Prisma.RoleWhereInput> {
  const { policy, catalogue } = await currentPolicy(tx);
  const giving = powers.flatMap((power) => {
    const permission = catalogue.capabilities[power];
    return permission === undefined ? [] : rolesThatCouldGive(policy, permission);
  });
  return { OR: [{ key: { in: giving } }, { guarded: true }, { superuser: true }] };
}

export async function administers(tx: Tx, userId: string, at: Date): Promise<boolean> {
  const role = await administeringRoles(tx);
  return (await tx.assignment.count({ where: { userId, role, ...heldAt(at) } })) > 0;
}
