import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { removeUnheldExpressionRoles } from "#lib/roles/index.ts";
import { endSessionsOfUsers } from "#lib/sessions/index.ts";

/**
 * What follows for users whose assignments were moved as a set: their rows are new versions, which no role expression
 * describes any longer, and their sessions end. As many statements for one user as for many.
 */
export async function afterMoves(tx: Tx, call: Call, userIds: readonly string[]): Promise<void> {
  await tx.user.updateMany({
    where: { id: { in: [...userIds] } },
    data: { roleExpression: null, version: { increment: 1 }, updatedAt: call.at },
  });
  await removeUnheldExpressionRoles(tx, call.at);
  await endSessionsOfUsers(tx, userIds, "roles changed", call);
}
