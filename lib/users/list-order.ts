import { decodeCursor, encodeCursor } from "#lib/kernel/cursor.ts";
import { Prisma } from "#prisma";
import type { ListUsersInput, UserSort } from "./schema.ts";

type SortValue = string | Date | boolean;

interface SortColumn {
  column: Prisma.Sql;
  type: Prisma.Sql;
  /** The column as a cursor carries it. */
  text: Prisma.Sql;
  /** Back again; undefined for a forged text, which must not reach the database. */
  read(text: string): SortValue | undefined;
}

const textual = (column: Prisma.Sql): SortColumn => ({
  column,
  type: Prisma.sql`text`,
  text: column,
  read: (text) => text,
});
const instant = (column: Prisma.Sql): SortColumn => ({
  column,
  type: Prisma.sql`timestamptz`,
  text: Prisma.sql`(EXTRACT(EPOCH FROM ${column}) * 1000)::bigint::text`,
  read: (text) => (/^\d{1,14}$/.test(text) ? new Date(Number(text)) : undefined),
});

/** Each is served by an index with the id behind it. */
const sortColumns: Record<UserSort, SortColumn> = {
  username: textual(Prisma.sql`u.username_key`),
  email: textual(Prisma.sql`u.email_key`),
  created: instant(Prisma.sql`u.created_at`),
  lastSignIn: instant(Prisma.sql`COALESCE(u.last_sign_in_at, 'epoch'::timestamptz)`),
  status: {
    column: Prisma.sql`u.active`,
    type: Prisma.sql`boolean`,
    text: Prisma.sql`u.active::text`,
    read: (text) => (text === "true" ? true : text === "false" ? false : undefined),
  },
};

/** Beside which row a page lies. */
export interface Position {
  side: "after" | "before";
  value: SortValue;
  id: string;
}

/** Undefined, the first page, for an address without a cursor and for one with a stale or forged one. */
export function positionOf({ sort, after, before }: ListUsersInput): Position | undefined {
  const cursor = decodeCursor(before ?? after);
  const value = cursor && columnOf(sort).read(cursor.value);
  if (cursor === undefined || value === undefined) return undefined;
  return { side: before === undefined ? "after" : "before", value, id: cursor.id };
}

export const cursorOf = (row: { cursor: string; id: string } | undefined) =>
  row && encodeCursor({ value: row.cursor, id: row.id });

/** How the rows of a page are found: those beyond its position, nearest first. */
export function orderOf(sort: ListUsersInput["sort"], position: Position | undefined) {
  const { column, type, text } = columnOf(sort);
  const ascending = !sort.startsWith("-") !== (position?.side === "before");
  const direction = ascending ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const beyond = ascending ? Prisma.sql`>` : Prisma.sql`<`;
  return {
    text,
    by: Prisma.sql`${column} ${direction}, u.id ${direction}`,
    from: position
      ? Prisma.sql`(${column}, u.id) ${beyond} (${position.value}::${type}, ${position.id}::uuid)`
      : Prisma.sql`TRUE`,
  };
}

const columnOf = (sort: ListUsersInput["sort"]) => sortColumns[sort.replace("-", "") as UserSort];
