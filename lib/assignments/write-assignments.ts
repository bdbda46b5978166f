import { needAccess, type Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { Prisma } from "#prisma";
import type { AssignmentChange, Moved } from "./change-assignments.ts";
import { giverOf } from "./giver.ts";
import type { Extent } from "./validity.ts";

/** Writes what moved. What had ended goes with it: nobody counts it, and now nobody keeps it. */
export async function writeAssignments(tx: Tx, change: AssignmentChange, moved: Moved): Promise<void> {
  needAccess(tx);
  const { actor, at, userId, source = "local", givenBy = giverOf(actor) } = change;
  const gone = { OR: [{ id: { in: moved.removed.map(({ id }) => id) } }, { endsAt: { lte: at } }] };
  await tx.assignment.deleteMany({ where: { userId, ...gone } });
  const given = { source, givenBy, createdAt: at };
  for (const { held, extent, reason } of moved.changed) {
    const data = { ...columns(extent), ...given, reason };
    await tx.assignment.update({ where: { id: held.id }, data, select: { id: true } });
  }
  await tx.assignment.createMany({
    data: moved.added.map(({ role, extent, reason }) => ({
      id: newId(at.getTime()),
      userId,
      roleId: role.id,
      reason,
      ...columns(extent),
      ...given,
    })),
  });
}

export const columns = (extent: Extent) => ({
  startsAt: extent.startsAt,
  endsAt: extent.endsAt,
  window: extent.window ?? Prisma.DbNull,
  organizationId: extent.organizationId,
  teamId: extent.teamId,
});
