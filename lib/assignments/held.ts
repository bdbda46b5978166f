import { Prisma } from "#prisma";

/**
 * Which assignments are held, for a statement of Prisma's: one whose end has passed is gone for all purposes, though its
 * row waits for the next edit or sweep. One that has not begun is held: it was given.
 */
export const heldAt = (at: Date) => ({ OR: [{ endsAt: null }, { endsAt: { gt: at } }] });

/** The same for the assignment `a` of a written statement. */
export const heldSql = (at: number): Prisma.Sql =>
  Prisma.sql`(a.ends_at IS NULL OR a.ends_at > ${new Date(at)})`;
