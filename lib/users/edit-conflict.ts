import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { Prisma } from "#prisma";

/** Somebody saved a user between the opening of a form and its sending: who did, and when, is in the trail. */
export async function editConflict(
  tx: Tx,
  user: { id: string; username: string; version: number },
): Promise<AppError> {
  const last = await tx.auditEvent.findFirst({
    where: {
      targetKind: "user",
      targetId: user.id,
      outcome: "done",
      // What has no state before it changed nothing that the form shows.
      before: { not: Prisma.DbNull },
    },
    select: { actorName: true, at: true },
    orderBy: { at: "desc" },
  });
  const by = last?.actorName ?? "Somebody else";
  const message = `${by} changed ${user.username} since you opened this form. Your entries are kept: compare and save again.`;
  const details = { version: user.version, ...(last && { by, at: last.at.toISOString() }) };
  return new AppError("conflict", "edit_conflict", message, { details });
}
