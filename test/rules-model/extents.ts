import type { Client } from "pg";
import { nobody } from "./row.ts";
import type { ModelAssignment, ModelUser, World } from "./world.ts";

/** A start that has passed is none any more. */
const startOf = ({ at }: World, { start }: ModelAssignment) => Math.max(start ?? at, at);
const endOf = ({ end }: ModelAssignment) => end ?? Number.POSITIVE_INFINITY;
const hoursOf = ({ window }: ModelAssignment) => window?.from;

/** Longer, sooner, or at other hours than before: that is giving. */
export const isWider = (world: World, before: ModelAssignment, after: ModelAssignment): boolean =>
  startOf(world, after) < startOf(world, before) ||
  endOf(after) > endOf(before) ||
  (before.window !== undefined && hoursOf(before) !== hoursOf(after));

/** Shorter, later, or at other hours: that is taking. What is wider seen from the other side. */
export const isNarrower = (world: World, before: ModelAssignment, after: ModelAssignment): boolean =>
  isWider(world, after, before);

export const isSame = (world: World, one: ModelAssignment, other: ModelAssignment): boolean =>
  one.role === other.role && !isWider(world, one, other) && !isWider(world, other, one);

interface HeldRow {
  id: string;
  role: string;
  start: number | null;
  end: number | null;
  from: string | null;
  reason: string | null;
  temporary: string | null;
}

/** The ids of some of what a user holds: the model knows none. */
export async function idsOf(
  sql: Client,
  user: ModelUser,
  assignments: readonly ModelAssignment[],
): Promise<string[]> {
  const { rows } = await sql.query<HeldRow>(
    `SELECT a.id, r.key AS role, a.reason, (EXTRACT(EPOCH FROM a.starts_at) * 1000)::float8 AS start,
       (EXTRACT(EPOCH FROM a.ends_at) * 1000)::float8 AS "end", a."window"->>'from' AS "from",
       CASE WHEN a.source IN ('elevation', 'request') THEN a.source END AS temporary
     FROM assignments a JOIN roles r ON r.id = a.role_id WHERE a.user_id = $1`,
    [user.id],
  );
  const key = (...parts: unknown[]) => JSON.stringify(parts.map((part) => part ?? null));
  return assignments.map((one) => {
    const wanted = key(one.role, one.start, one.end, one.window?.from, one.reason, one.temporary);
    const place = rows.findIndex(
      (row) => key(row.role, row.start, row.end, row.from, row.reason, row.temporary) === wanted,
    );
    return (place < 0 ? undefined : rows.splice(place, 1)[0]?.id) ?? nobody;
  });
}
