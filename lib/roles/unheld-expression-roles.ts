import { heldAt } from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { prefix } from "./expression-role.ts";
import { removeRole, stayingRefusal } from "./remove-role.ts";

/** Roles that were made from expressions and that nobody holds any more go; one that is in use otherwise stays. */
export async function removeUnheldExpressionRoles(tx: Tx, at: Date): Promise<void> {
  const unheld = await tx.role.findMany({
    where: { key: { startsWith: prefix }, assignments: { none: heldAt(at) } },
    select: { id: true, key: true, label: true, builtIn: true, locked: true, superuser: true },
  });
  for (const role of unheld) if (!(await stayingRefusal(tx, role))) await removeRole(tx, role);
}
