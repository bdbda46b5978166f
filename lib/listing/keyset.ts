import { decodeCursor, encodeCursor } from "#lib/kernel/cursor.ts";
import { Prisma } from "#prisma";
import type { SortColumn } from "./sort-columns.ts";

/** Matches are counted up to here; beyond, the page says "more than". */
export const countCap = 10_000;

/** Beside which row a page lies. */
export interface Position {
  side: "after" | "before";
  value: NonNullable<ReturnType<SortColumn["read"]>>;
  id: string;
}

/** Undefined, the first page, for an address without a cursor and for one with a stale or forged one. */
export function positionOf(
  sort: SortColumn,
  { after, before }: { after?: string | undefined; before?: string | undefined },
): Position | undefined {
  const cursor = decodeCursor(before ?? after);
  const value = cursor && sort.read(cursor.value);
  if (cursor === undefined || value === undefined) return undefined;
  return { side: before === undefined ? "after" : "before", value, id: cursor.id };
}

/** How the rows of a page are found: those beyond its position, nearest first. `id` is the column that settles ties. */
export function orderOf(
  { column, type, text }: SortColumn,
  id: Prisma.Sql,
  descending: boolean,
  position: Position | undefined,
) {
  const ascending = !descending !== (position?.side === "before");
  const direction = ascending ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const beyond = ascending ? Prisma.sql`>` : Prisma.sql`<`;
  return {
    text,
    by: Prisma.sql`${column} ${direction}, ${id} ${direction}`,
    from: position
      ? Prisma.sql`(${column}, ${id}) ${beyond} (${position.value}::${type}, ${position.id}::uuid)`
      : Prisma.sql`TRUE`,
  };
}

/** Out of one row more than a page has: the page in its order, and the cursors of its neighbours. */
export function pageOf<Row extends { id: string; cursor: string }>(
  found: readonly Row[],
  size: number,
  position: Position | undefined,
) {
  const backwards = position?.side === "before";
  const more = found.length > size;
  const rows = found.slice(0, size);
  if (backwards) rows.reverse();
  return {
    rows,
    next: backwards || more ? cursorOf(rows.at(-1)) : undefined,
    previous: (backwards ? more : position) ? cursorOf(rows[0]) : undefined,
  };
}

/**
 * Loads the page beside a position, with how many match. Once nothing lies beyond the position any more it is the
 * first page, rather than one without a way out.
 * @param load reads one row more than the page has
 */
export async function loadPage<Row extends { id: string; cursor: string; total: number }>(
  size: number,
  position: Position | undefined,
  load: (beside: Position | undefined) => Promise<Row[]>,
) {
  let beside = position;
  let found = await load(beside);
  if (beside && found.length === 0) {
    beside = undefined;
    found = await load(beside);
  }
  const total = found[0]?.total ?? 0;
  return { ...pageOf(found, size, beside), total: Math.min(total, countCap), capped: total > countCap };
}

const cursorOf = (row: { id: string; cursor: string } | undefined) =>
  row && encodeCursor({ value: row.cursor, id: row.id });
