import type { Prisma } from "#prisma";
import { nameOf } from "./actor.ts";
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
    | "value group"
    | "identity provider"
    | "provisioned group"
    | "provisioning token";
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
  await tx.auditEvent.create({ data: rowOf(call, entry), select: { id: true } });
}

/** PostgreSQL takes 65,535 values in one statement, and a row has 18. */
const rowsAtOnce = 1000;

/** The same for a command that does one thing to many: a row for each, beside its own. */
export async function writeAudits(tx: Tx, call: Call, entries: readonly AuditEntry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += rowsAtOnce) {
    const data = entries.slice(from, from + rowsAtOnce).map((entry) => rowOf(call, entry));
    await tx.auditEvent.createMany({ data });
  }
}

function rowOf(call: Call, entry: AuditEntry): Prisma.AuditEventCreateManyInput {
  const { actor } = call;
  return {
    id: newId(call.at.getTime()),
    at: call.at,
    action: entry.action,
    outcome: entry.outcome,
    reason: entry.reason ?? null,
    actorKind: actor.kind,
    actorId: "id" in actor ? actor.id : null,
    actorName: nameOf(actor) ?? "anonymous",
    door: call.door,
    address: call.address ?? null,
    agent: call.agent?.slice(0, 500) ?? null,
    requestId: call.requestId ?? null,
    targetKind: entry.target?.kind ?? null,
    targetId: entry.target?.id ?? null,
    targetName: entry.target?.name.slice(0, 300) ?? null,
    ...(entry.before && { before: entry.before as Prisma.InputJsonObject }),
    ...(entry.after && { after: entry.after as Prisma.InputJsonObject }),
  };
}
