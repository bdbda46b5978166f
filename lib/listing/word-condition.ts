import { normaliseKey } from "#lib/kernel/normalise.ts";
import { Prisma } from "#prisma";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A pasted id finds its user (the table `u`); any other word is looked for in username, email and name. */
export function wordCondition(word: string): Prisma.Sql {
  if (uuid.test(word)) return Prisma.sql`u.id = ${word}::uuid`;
  const pattern = `%${normaliseKey(word).replace(/[\\%_]/g, "\\$&")}%`;
  return Prisma.sql`u.search_text LIKE ${pattern}`;
}
