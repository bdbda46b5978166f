import type { Actor } from "#lib/kernel/actor.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { changeAssignments } from "./change-assignments.ts";
import { type HeldRow, lastingRows } from "./held-rows.ts";
import { asWanted } from "./replace-roles.ts";
import { type SyncSource, temporarySources } from "./sources.ts";
import { extentOf, isSame } from "./validity.ts";

export interface Exchange {
  actor: Actor;
  at: Date;
  userId: string;
  /** What the identity provider gives. */
  roles: readonly string[];
  /** What is not the provider's to take and stays as it is. */
  kept: readonly string[];
  source: SyncSource;
  /** The identity provider's name. */
  givenBy: string;
}

/**
 * Makes a user's lasting roles exactly these, each for good, at every hour and everywhere: an identity provider says who
 * holds a role and knows nothing of limits. Temporary access is left to its own end.
 * The caller holds the access lock and keeps administrators.
 * @returns how many assignments moved
 */
export async function exchangeRoles(tx: Tx, exchange: Exchange): Promise<number> {
  const { at, userId, roles, kept, source, givenBy } = exchange;
  const held = await lastingRows(tx, userId, at);
  const staying = held.filter(({ role }) => kept.includes(role.key)).map(asWanted);
  const wanted = [...staying, ...roles.map((role) => wantedOf(role, held, at))];
  const said = { wanted, field: () => "roles", wholeField: "roles" };
  const { added, changed, removed } = await changeAssignments(tx, { ...exchange, ...said });
  // What was given here and is the provider's word as well is the provider's from now on.
  const same = {
    userId,
    role: { key: { in: [...roles] } },
    source: { notIn: [source, ...temporarySources] },
  };
  await tx.assignment.updateMany({ where: same, data: { source, givenBy } });
  return added.length + changed.length + removed.length;
}

/** Whether the exchange would move nothing. */
export async function isExchanged(tx: Tx, { at, userId, roles, kept }: Exchange): Promise<boolean> {
  const held = await lastingRows(tx, userId, at);
  const rows = held.filter(({ role }) => !kept.includes(role.key));
  const unlimited = (row: HeldRow) => isSame(row, extentOf({}, at), at);
  return rows.length === roles.length && rows.every((row) => roles.includes(row.role.key) && unlimited(row));
}

function wantedOf(role: string, held: readonly HeldRow[], at: Date) {
  const rows = held.filter((row) => row.role.key === role);
  const same = rows.find((row) => isSame(row, extentOf({}, at), at));
  if (same) return asWanted(same);
  const [limited] = rows;
  return { role, ...(limited && { id: limited.id }) };
}
