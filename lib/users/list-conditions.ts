import { heldSql } from "#lib/assignments/index.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { wordCondition } from "#lib/listing/index.ts";
import { Prisma } from "#prisma";
import { parseSearch } from "./parse-search.ts";
import type { UserFilter } from "./schema.ts";

const day = 24 * 60 * 60_000;

export async function conditionsOf(reader: Reader, input: UserFilter, at: number): Promise<Prisma.Sql> {
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

/** The role's id comes first: knowing which role it is, PostgreSQL knows how many hold it, and where to begin. */
async function holdsRole(reader: Reader, key: string, at: number): Promise<Prisma.Sql> {
  const role = await reader.role.findUnique({ where: { key }, select: { id: true } });
  if (!role) return Prisma.sql`FALSE`;
  return Prisma.sql`EXISTS (
    SELECT 1 FROM assignments a
    WHERE a.user_id = u.id AND a.role_id = ${role.id}::uuid AND ${heldSql(at)})`;
}
