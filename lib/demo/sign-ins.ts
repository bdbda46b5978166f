import type { Prisma } from "#prisma";
import { day, inWorkingHours } from "./people.ts";
import type { Random } from "./random.ts";
import type { DemoHolder } from "./role-shares.ts";
import { browserOf, type DemoEvent } from "./trail.ts";

export type SessionRow = Prisma.SessionCreateManyInput & { createdAt: Date; lastUsedAt: Date };

const hour = day / 24;
const life = 7 * day;
const mostSignIns = 6;

/** Days between two sign-ins of one person; some have not come for months, some never. */
const rhythms = [
  { every: 1.4, share: 30, last: 1 },
  { every: 5, share: 38, last: 7 },
  { every: 17, share: 16, last: 30 },
  { every: 30, share: 12, last: 190 },
  { every: 0, share: 4, last: 0 },
];

/** When somebody signed in over the last months, the latest first. */
export function drawSignIns(random: Random, holder: DemoHolder, until: Date): Date[] {
  const { every, last } = random.weighted(rhythms, ({ share }) => share);
  if (every === 0) return [];
  const found: Date[] = [];
  let instant = until.getTime() - random.next() * last * day;
  while (found.length < mostSignIns && instant > holder.createdAt.getTime() + hour) {
    const at = inWorkingHours(random, new Date(instant));
    if (at > holder.createdAt && at < until) found.push(at);
    instant -= every * day * (0.5 + random.next());
  }
  return [...new Map(found.map((at) => [at.getTime(), at])).values()].sort(
    (a, b) => b.getTime() - a.getTime(),
  );
}

/** The session of one sign-in: signed out after a while, or left to its end, or still open. */
export function sessionOf(random: Random, holder: DemoHolder, createdAt: Date, at: Date): SessionRow {
  const used = createdAt.getTime() + random.next() * 7 * hour;
  const lastUsedAt = new Date(
    Math.min(used, at.getTime() - random.below(40) * 60_000, createdAt.getTime() + life),
  );
  const signsOut = random.chance(0.45) && at.getTime() - lastUsedAt.getTime() > hour;
  const row = {
    id: random.id(createdAt),
    tokenHash: random.bytes(32),
    userId: holder.id,
    method: "password",
    address: holder.address,
    agent: browserOf(holder.id),
    createdAt,
    provenAt: createdAt,
    lastUsedAt: lastUsedAt < createdAt ? createdAt : lastUsedAt,
    expiresAt: new Date(createdAt.getTime() + life),
  };
  return signsOut ? { ...row, endedAt: row.lastUsedAt, endedWhy: "signed out" } : row;
}

/** Ends what is open at an instant, as a change of roles or a deactivation does; answers how many. */
export function endOpen(sessions: readonly SessionRow[], userId: string, at: Date, why: string): number {
  const open = sessions.filter(
    ({ userId: id, createdAt, endedAt }) =>
      id === userId && createdAt < at && (endedAt == null || endedAt > at),
  );
  for (const session of open) {
    if (session.lastUsedAt > at) session.lastUsedAt = at;
    session.endedAt = at;
    session.endedWhy = why;
  }
  return open.length;
}

export function signInEvents(holder: DemoHolder, sessions: readonly SessionRow[]): DemoEvent[] {
  const target = { kind: "user", id: holder.id, name: holder.username };
  return sessions.flatMap((session) => {
    const begun: DemoEvent = {
      at: session.createdAt,
      action: "sign in",
      actor: undefined,
      address: holder.address,
      target,
      after: { method: "password" },
    };
    if (session.endedWhy !== "signed out") return [begun];
    const own = { kind: "session", id: session.id, name: holder.username };
    return [begun, { at: session.lastUsedAt, action: "sign out", actor: holder, target: own }];
  });
}
