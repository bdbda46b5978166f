import type { Prisma } from "#prisma";
import type { Call } from "./call.ts";
import type { Tx } from "./database.ts";
import { newId } from "./id.ts";

/** What an event is about. The name is kept as text: the trail outlives what it names. */
export interface Target {
  kind:
    | "user"
    | "role"
    | "session"
    | "settings"
    | "catalogue"
    | "installation"
    | "organization"
    | "team"
    | "managed value"
    | "value group";
  id?: string;
  name: string;
}

export interface AuditEntry {
  action: string;
  outcome: "done" | "refused";
  reason?: string;
  target?: Target | undefined;
  before?: object | undefined;
  after?: object | undefined;
}

/** Adds a row to the trail in the caller's transaction: no row, no change. */
export async function writeAudit(tx: Tx, call: Call, entry: AuditEntry): Promise<void> {
  const { actor } = call;
  await tx.auditEvent.create({
    data: {
      id: newId(call.at.getTime()),
      at: call.at,
      action: entry.action,
      outcome: entry.outcome,
      reason: entry.reason ?? null,
      actorKind: actor.kind,
      actorId: actor.kind === "user" ? actor.id : null,
      actorName: actor.kind === "user" ? actor.username : actor.kind === "system" ? actor.name : "anonymous",
      door: call.door,
      address: call.address ?? null,
      agent: call.agent?.slice(0, 500) ?? null,
      requestId: call.requestId ?? null,
      targetKind: entry.target?.kind ?? null,
      targetId: entry.target?.id ?? null,
      targetName: entry.target?.name.slice(0, 300) ?? null,
      ...(entry.before && { before: entry.before as Prisma.InputJsonObject }),
      ...(entry.after && { after: entry.after as Prisma.InputJsonObject }),
    },
    select: { id: true },
  });
}
