import type { Prisma } from "#prisma";
import { type Actor, nameOf } from "./actor.ts";
import { withContent } from "./audit-content.ts";
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

/** A row as it is stored. */
export type AuditRow = Prisma.AuditEventCreateManyInput;

/** Adds a row to the trail in the caller's transaction: no row, no change. */
export async function writeAudit(tx: Tx, call: Call, entry: AuditEntry): Promise<void> {
  await tx.auditEvent.create({ data: withContent(rowOf(call, entry)), select: { id: true } });
}

/** PostgreSQL takes 65,535 values in one statement, and a row has 19. */
const rowsAtOnce = 1000;

/** The same for a command that does one thing to many: a row for each, beside its own. */
export async function writeAudits(tx: Tx, call: Call, entries: readonly AuditEntry[]): Promise<void> {
  await writeRows(
    tx,
    entries.map((entry) => rowOf(call, entry)),
  );
}

/** Rows of several requests. */
export async function writeRows(tx: Tx, rows: readonly AuditRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await tx.auditEvent.createMany({
      data: rows.slice(from, from + rowsAtOnce).map((row) => withContent(row)),
    });
}

/** What one event stores; `content` is not among it. */
export function rowOf(call: Call, entry: AuditEntry): AuditRow {
  return {
    id: newId(call.at.getTime()),
    at: call.at,
    action: entry.action,
    outcome: entry.outcome,
    reason: entry.reason ?? null,
    ...whoOf(call.actor),
    door: call.door,
    address: call.address ?? null,
    agent: call.agent === undefined ? null : cut(call.agent, agentLength(call)),
    requestId: call.requestId ?? null,
    targetKind: entry.target?.kind ?? null,
    targetId: entry.target?.id ?? null,
    targetName: entry.target ? cut(entry.target.name, 300) : null,
    ...(entry.before && { before: entry.before as Prisma.InputJsonObject }),
    ...(entry.after && { after: entry.after as Prisma.InputJsonObject }),
  };
}

export const whoOf = (actor: Actor) => ({
  actorKind: actor.kind,
  actorId: "id" in actor ? actor.id : null,
  actorName: nameOf(actor) ?? "anonymous",
});

/** Browsers say what they are in some 150 characters; strangers get to store hardly more. */
const agentLength = ({ actor }: Call) => (actor.kind === "anonymous" ? 200 : 500);

/** Half a character, which a cut may leave, is nothing that PostgreSQL stores as it was sent. */
const cut = (text: string, length: number) => text.slice(0, length).toWellFormed();
