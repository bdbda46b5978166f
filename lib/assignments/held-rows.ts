import type { Window } from "#lib/access/index.ts";
import { windowSchema } from "#lib/access/index.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { heldSql } from "./held.ts";
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

/** What each of these users holds now or will hold, without what has ended: as many statements for one as for many. */
export async function heldRowsOf(
  reader: Reader | Tx,
  userIds: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, HeldRow[]>> {
  const rows = await reader.$queryRaw<(HeldRow & { userId: string })[]>`
    SELECT a.id, a.user_id AS "userId", a.source, a.given_by AS "givenBy", a.reason, a.created_at AS "createdAt",
      a.starts_at AS "startsAt", a.ends_at AS "endsAt", a.window, a.organization_id AS "organizationId",
      a.team_id AS "teamId", json_build_object('id', r.id, 'key', r.key, 'label', r.label, 'rank', r.rank,
        'guarded', r.guarded, 'dangerous', r.dangerous) AS role
    FROM assignments a JOIN roles r ON r.id = a.role_id
    WHERE a.user_id = ANY(${[...userIds]}::uuid[]) AND ${heldSql(at.getTime())}
    ORDER BY r.position ASC NULLS LAST, a.created_at, a.id`;
  const held = new Map<string, HeldRow[]>(userIds.map((id) => [id, []]));
  for (const { userId, ...row } of rows) held.get(userId)?.push({ ...row, window: readWindow(row.window) });
  return held;
}

/** The same for one. */
export async function heldRows(reader: Reader | Tx, userId: string, at: Date): Promise<HeldRow[]> {
  return (await heldRowsOf(reader, [userId], at)).get(userId) ?? [];
}

/** What somebody holds for their work; temporary access comes on top of it. */
export async function lastingRows(reader: Reader | Tx, userId: string, at: Date): Promise<HeldRow[]> {
  return lastingOf(await heldRows(reader, userId, at));
}

export const lastingOf = (held: readonly HeldRow[]): HeldRow[] =>
  held.filter(({ source }) => !isTemporary(source));

export const readWindow = (stored: unknown): Window | null =>
  stored === null ? null : windowSchema.parse(stored);
