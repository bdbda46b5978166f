import type { Prisma } from "#prisma";
import type { Random } from "./random.ts";

export type Row = Prisma.AuditEventCreateManyInput;

export interface DemoActor {
  id: string;
  username: string;
  address: string;
}

export interface DemoEvent {
  at: Date;
  action: string;
  /** Undefined: somebody who has not signed in. */
  actor: DemoActor | undefined;
  /** Set when it was refused. */
  reason?: string;
  target?: { kind: string; id?: string; name: string } | undefined;
  before?: Prisma.InputJsonObject;
  after?: Prisma.InputJsonObject;
  address?: string;
}

const browsers = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
  "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
];

/** Everybody keeps to one browser. */
export function browserOf(id: string | undefined): string {
  return browsers[Number.parseInt(id?.slice(-2) ?? "0", 16) % browsers.length] as string;
}

/** A row as `writeAudit` would have written it at the time. */
export function trailRow(random: Random, event: DemoEvent): Row {
  const { at, action, actor, reason, target, before, after } = event;
  return {
    id: random.id(at),
    at,
    action,
    outcome: reason === undefined ? "done" : "refused",
    reason: reason ?? null,
    actorKind: actor ? "user" : "anonymous",
    actorId: actor?.id ?? null,
    actorName: actor?.username ?? "anonymous",
    door: "action",
    address: event.address ?? actor?.address ?? null,
    agent: browserOf(actor?.id),
    requestId: Buffer.from(random.bytes(8)).toString("hex"),
    targetKind: target?.kind ?? null,
    targetId: target?.id ?? null,
    targetName: target?.name ?? null,
    ...(before && { before }),
    ...(after && { after }),
  };
}
