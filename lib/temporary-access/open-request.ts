import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";

const select = {
  id: true,
  userId: true,
  reason: true,
  endsAt: true,
  organizationId: true,
  teamId: true,
  status: true,
  decidedBy: true,
  role: { select: { key: true, label: true } },
} as const;

/** A request, of anybody or of one person alone. */
export async function findRequest(reader: Reader | Tx, id: string, userId?: string) {
  const request = await reader.accessRequest.findFirst({ where: { id, ...(userId && { userId }) }, select });
  if (request) return request;
  throw new AppError("not_found", "request_not_found", "There is no such request any more.");
}

interface Outcome {
  status: "granted" | "refused" | "withdrawn";
  decidedAt: Date;
  decidedBy: string | null;
  note?: string | null;
  assignmentId?: string;
}

/** Ends a request once: of two at the same time the row decides, and the other is told. */
export async function closeRequest(tx: Tx, request: { id: string }, outcome: Outcome): Promise<void> {
  const { count } = await tx.accessRequest.updateMany({
    where: { id: request.id, status: "open" },
    data: outcome,
  });
  if (count === 1) return;
  const { status, decidedBy } = await findRequest(tx, request.id);
  const message = `This request is decided already: ${status}${decidedBy ? ` by ${decidedBy}` : ""}.`;
  throw new AppError("conflict", "already_decided", message);
}
