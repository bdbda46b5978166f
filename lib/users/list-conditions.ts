import { heldSql } from "#lib/assignments/index.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { Prisma } from "#prisma";
import { parseSearch } from "./parse-search.ts";
import type { ListUsersInput } from "./schema.ts";

/** Matches are counted up to here; beyond, the page says "more than". */
export const countCap = 10_000;

const day = 24 * 60 * 60_000;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export async function conditionsOf(reader: Reader, input: ListUsersInput, at: number): Promise<Prisma.Sql> {
  const typed = parseSearch(input.q);
  const role = typed.role ?? input.role;
  const status = typed.status ?? input.status;
  const conditions = [Prisma.sql`TRUE`, ...typed.words.map(wordCondition)];
  if (role) conditions.push(await holdsRole(reader, role, at));
  if (status) conditions.push(Prisma.sql`u.active = ${status === "active"}`);
  if (typed.dormant) {
    conditions.push(
      Prisma.sql`COALESCE(u.last_sign_in_at, 'epoch'::timestamptz) < ${new Date(at - typed.dormant * day)}`,
    );
  }
  if (typed.unknown.length > 0) conditions.push(Prisma.sql`FALSE`);
  return Prisma.join(conditions, " AND ");
}

/** A pasted id finds its user; any other word is looked for in username, email and name. */
function wordCondition(word: string): Prisma.Sql {
  if (uuid.test(word)) return Prisma.sql`u.id = ${word}::uuid`;
  const pattern = `%${normaliseKey(word).replace(/[\\%_]/g, "\\$&")}%`;
  return Prisma.sql`u.search_text LIKE ${pattern}`;
}

/** The role's id comes first: knowing which role it is, PostgreSQL knows how many hold it, and where to begin. */
async function holdsRole(reader: Reader, key: string, at: number): Promise<Prisma.Sql> {
  const role = await reader.role.findUnique({ where: { key }, select: { id: true } });
  if (!role) return Prisma.sql`FALSE`;
  return Prisma.sql`EXISTS (
    SELECT 1 FROM assignments a
    WHERE a.user_id = u.id AND a.role_id = ${role.id}::uuid AND ${heldSql(at)})`;
}
