import type { Window } from "#lib/access/index.ts";
import { windowSchema } from "#lib/access/index.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { heldAt } from "./held.ts";
import type { StoredRole } from "./ruled-roles.ts";
import { isTemporary } from "./sources.ts";
import type { Extent } from "./validity.ts";

/** One assignment as it is stored. */
export interface HeldRow extends Extent {
  id: string;
  source: string;
  givenBy: string | null;
  reason: string | null;
  createdAt: Date;
  role: StoredRole;
}

export const heldRowSelect = {
  id: true,
  source: true,
  givenBy: true,
  reason: true,
  createdAt: true,
  startsAt: true,
  endsAt: true,
  window: true,
  organizationId: true,
  teamId: true,
  role: { select: { id: true, key: true, label: true, rank: true, guarded: true, dangerous: true } },
} as const;

/** What somebody holds now or will hold, without what has ended. */
export async function heldRows(reader: Reader | Tx, userId: string, at: Date): Promise<HeldRow[]> {
  const rows = await reader.assignment.findMany({
    where: { userId, ...heldAt(at) },
    select: heldRowSelect,
    orderBy: [{ role: { position: { sort: "asc", nulls: "last" } } }, { createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({ ...row, window: readWindow(row.window) }));
}

/** What somebody holds for their work; temporary access comes on top of it. */
export async function lastingRows(reader: Reader | Tx, userId: string, at: Date): Promise<HeldRow[]> {
  return (await heldRows(reader, userId, at)).filter(({ source }) => !isTemporary(source));
}

export const readWindow = (stored: unknown): Window | null =>
  stored === null ? null : windowSchema.parse(stored);
