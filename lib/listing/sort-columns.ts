import { Prisma } from "#prisma";

type SortValue = string | Date | boolean;

/** A column that a list can be sorted by; an index with the id behind it has to serve it. */
export interface SortColumn {
  column: Prisma.Sql;
  type: Prisma.Sql;
  /** The column as a cursor carries it. */
  text: Prisma.Sql;
  /** Back again; undefined for a forged text, which must not reach the database. */
  read(text: string): SortValue | undefined;
}

export const textColumn = (column: Prisma.Sql): SortColumn => ({
  column,
  type: Prisma.sql`text`,
  text: column,
  read: (text) => text,
});

/** Of a column whose values are instants without parts of a millisecond. */
export const instantColumn = (column: Prisma.Sql): SortColumn => ({
  column,
  type: Prisma.sql`timestamptz`,
  text: Prisma.sql`(EXTRACT(EPOCH FROM ${column}) * 1000)::bigint::text`,
  read: (text) => (/^\d{1,14}$/.test(text) ? new Date(Number(text)) : undefined),
});
