import { z } from "zod";
import type { Subject } from "#lib/access/index.ts";
import { subjectColumn, subjectColumnSchema } from "#lib/assignments/index.ts";
import { encodeCursor } from "#lib/kernel/cursor.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { orderOf, type Position, type SortColumn } from "#lib/listing/index.ts";
import { Prisma } from "#prisma";

/** By username, which is unique; the id behind it is the cursor's form. */
export const order: SortColumn = {
  column: Prisma.sql`u.username_key`,
  type: Prisma.sql`text`,
  text: Prisma.sql`u.username_key`,
  read: (text) => text,
};

export interface Holder {
  subject: Subject;
  username: string;
  name: string;
  cursor: string;
}

const rowSchema = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  cursor: z.string(),
  held: subjectColumnSchema,
});

/**
 * The next active people beside a position who hold one of the roles between its start and its end.
 * Whom this leaves out, the decision engine denies: hours, limits and blocking roles are its to judge.
 */
export async function holdersBeside(
  reader: Reader,
  { giving, at }: { giving: readonly string[]; at: Date },
  position: Position | undefined,
  most: number,
): Promise<{ holders: Holder[]; ended: boolean }> {
  // The ids come first: knowing which roles, PostgreSQL knows how many hold them, and where to begin.
  const roles = await reader.role.findMany({ where: { key: { in: [...giving] } }, select: { id: true } });
  if (roles.length === 0) return { holders: [], ended: true };
  const { by, from } = orderOf(order, Prisma.sql`u.id`, false, position);
  const rows = await reader.$queryRaw<unknown[]>`
    WITH page AS MATERIALIZED (
      SELECT u.id, u.username, u.name, u.username_key, u.attributes FROM users u
      WHERE u.active AND ${from} AND EXISTS (
        SELECT FROM assignments a
        WHERE a.user_id = u.id AND a.role_id = ANY (${roles.map(({ id }) => id)}::uuid[])
          AND (a.starts_at IS NULL OR a.starts_at <= ${at}) AND (a.ends_at IS NULL OR a.ends_at > ${at}))
      ORDER BY ${by} LIMIT ${most})
    SELECT u.id, u.username, u.name, u.username_key AS cursor, ${subjectColumn(at.getTime())} AS held
    FROM page u ORDER BY ${by}`;
  const holders = rows.map((row) => {
    const { id, held, ...rest } = rowSchema.parse(row);
    return { ...rest, subject: { ...held, id, active: true } };
  });
  return { holders, ended: holders.length < most };
}

export function cursorOf(beside: Holder | { value: string; id: string } | undefined): string | undefined {
  if (!beside) return undefined;
  return encodeCursor("subject" in beside ? { value: beside.cursor, id: beside.subject.id } : beside);
}
