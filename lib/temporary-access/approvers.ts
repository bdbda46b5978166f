import { rolesThatAlwaysGive } from "#lib/access/index.ts";
import { heldAt } from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { currentPolicy } from "#lib/policy/index.ts";

/** So many get a mail: in a larger house the page has the rest. */
const mostMails = 20;

/** Addresses of people who may decide about requests, but for whoever asks. */
export async function approvers(tx: Tx, at: Date, except: string): Promise<string[]> {
  const { policy, catalogue } = await currentPolicy(tx);
  const permission = catalogue.capabilities.manageUsers;
  if (!permission) return [];
  const rows = await tx.user.findMany({
    where: {
      id: { not: except },
      active: true,
      assignments: {
        some: { role: { key: { in: rolesThatAlwaysGive(policy, permission) } }, ...heldAt(at) },
      },
    },
    select: { email: true },
    orderBy: { createdAt: "asc" },
    take: mostMails,
  });
  return rows.map(({ email }) => email);
}
