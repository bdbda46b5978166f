import { normaliseKey } from "#lib/kernel/normalise.ts";
import { Prisma } from "#prisma";
import { parseSearch } from "./parse-search.ts";
import type { ListUsersInput, UserSort } from "./schema.ts";

/** Matches are counted up to here; beyond, the page says "more than". */
export const countCap = 10_000;

const day = 24 * 60 * 60_000;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface SortColumn {
  column: Prisma.Sql;
  type: Prisma.Sql;
  /** What a cursor's value must look like; a forged one must not reach a cast. */
  valid: RegExp;
}

const anyText = /^/;
const instant = /^\d{4,}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/;

/** Each is served by an index with the id behind it. */
export const sortColumns: Record<UserSort, SortColumn> = {
  username: { column: Prisma.sql`u.username_key`, type: Prisma.sql`text`, valid: anyText },
  email: { column: Prisma.sql`u.email_key`, type: Prisma.sql`text`, valid: anyText },
  created: { column: Prisma.sql`u.created_at`, type: Prisma.sql`timestamptz`, valid: instant },
  lastSignIn: {
    column: Prisma.sql`COALESCE(u.last_sign_in_at, 'epoch'::timestamptz)`,
    type: Prisma.sql`timestamptz`,
    valid: instant,
  },
  status: { column: Prisma.sql`u.active`, type: Prisma.sql`boolean`, valid: /^(true|false)$/ },
};

export function conditionsOf(input: ListUsersInput, at: number): Prisma.Sql {
  const typed = parseSearch(input.q);
  const role = typed.role ?? input.role;
  const status = typed.status ?? input.status;
  const conditions = [Prisma.sql`TRUE`, ...typed.words.map(wordCondition)];
  if (role) conditions.push(holdsRole(role));
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

function holdsRole(key: string): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM assignments a JOIN roles r ON r.id = a.role_id WHERE a.user_id = u.id AND r.key = ${key})`;
}
