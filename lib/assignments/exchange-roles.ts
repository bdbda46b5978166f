import type { Actor } from "#lib/kernel/actor.ts";
import { needAccess, type Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { type HeldRow, lastingOf } from "./held-rows.ts";
import { refuseNone, refuseSeveral, ruledRoles } from "./ruled-roles.ts";
import type { SyncSource } from "./sources.ts";
import { extentOf, isSame } from "./validity.ts";
import { columns } from "./write-assignments.ts";

/** What becomes of one user's lasting assignments once an identity provider says which roles they have. */
export interface Exchange {
  userId: string;
  /** Keys of roles that are new to them. */
  added: string[];
  /** The role is theirs already, but with limits, which it loses. */
  freed: HeldRow[];
  removed: HeldRow[];
  /** As the provider says, but given by somebody else until now. */
  adopted: HeldRow[];
}

/** Who says so. */
export interface Exchanger {
  actor: Actor;
  at: Date;
  source: SyncSource;
  /** The identity provider's name. */
  givenBy: string;
}

interface Word {
  /** What the identity provider gives. */
  roles: readonly string[];
  /** What is not the provider's to take and stays as it is. */
  kept: readonly string[];
}

/**
 * How to make a user's lasting roles exactly these, each for good, at every hour and everywhere: an identity provider
 * says who holds a role and knows nothing of limits. Temporary access is left to its own end.
 * @param held all that the user holds
 */
export function planExchange(
  userId: string,
  held: readonly HeldRow[],
  { roles, kept }: Word,
  { at, source }: Pick<Exchanger, "at" | "source">,
): Exchange {
  const lasting = lastingOf(held).filter(({ role }) => !kept.includes(role.key));
  const plan: Exchange = { userId, added: [], freed: [], removed: [], adopted: [] };
  const staying = new Set<HeldRow>();
  for (const role of new Set(roles)) {
    const rows = lasting.filter((row) => row.role.key === role);
    const whole = rows.find((row) => isSame(row, extentOf({}, at), at));
    const row = whole ?? rows[0];
    if (!row) plan.added.push(role);
    else if (!whole) plan.freed.push(row);
    else if (row.source !== source) plan.adopted.push(row);
    if (row) staying.add(row);
  }
  plan.removed = lasting.filter((row) => !staying.has(row));
  return plan;
}

export const isMove = ({ added, freed, removed }: Exchange): boolean =>
  added.length + freed.length + removed.length > 0;

/** It writes nothing at all. */
export const isNothing = (one: Exchange): boolean => !isMove(one) && one.adopted.length === 0;

/** Refuses what no user may be left with. `roles`: every role that is held after the exchange, one for each assignment. */
export function refuseExchange(assignment: "single" | "multiple", roles: readonly string[]): void {
  refuseSeveral(assignment, roles);
  refuseNone(roles, "roles");
}

/**
 * Writes the assignments of exchanges: as many statements for one user as for many. What has ended goes with what is
 * moved. The caller holds the access lock, keeps administrators and ends the sessions of those who are moved.
 */
export async function writeExchanges(
  tx: Tx,
  exchanges: readonly Exchange[],
  { actor, at, source, givenBy }: Exchanger,
): Promise<void> {
  if (actor.kind === "user")
    throw new Error("no signed-in person exchanges roles: their rules are not asked here");
  if (exchanges.every(isNothing)) return;
  needAccess(tx);
  const by = { source, givenBy };
  const moved = exchanges.filter(isMove);
  const ids = (rows: readonly HeldRow[]) => ({ id: { in: rows.map(({ id }) => id) } });
  if (moved.length > 0) {
    const gone = moved.flatMap(({ removed }) => removed);
    const ended = { userId: { in: moved.map(({ userId }) => userId) }, endsAt: { lte: at } };
    await tx.assignment.deleteMany({ where: { OR: [ids(gone), ended] } });
  }
  const given = { ...by, createdAt: at, reason: null, ...columns(extentOf({}, at)) };
  const freed = exchanges.flatMap((one) => one.freed);
  if (freed.length > 0) await tx.assignment.updateMany({ where: ids(freed), data: given });
  const added = exchanges.flatMap((one) => one.added.map((role) => ({ userId: one.userId, role })));
  if (added.length > 0) {
    const roles = await ruledRoles(tx, [...new Set(added.map(({ role }) => role))]);
    const idOf = new Map(roles.map(({ key, id }) => [key, id]));
    await tx.assignment.createMany({
      data: added.map(({ userId, role }) => ({
        id: newId(at.getTime()),
        userId,
        roleId: idOf.get(role) as string,
        ...given,
      })),
    });
  }
  // What was given here and is the provider's word as well is the provider's from now on.
  const adopted = exchanges.flatMap((one) => one.adopted);
  if (adopted.length > 0) await tx.assignment.updateMany({ where: ids(adopted), data: by });
}
