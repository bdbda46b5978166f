import { z } from "zod";
import { userRankRefusal } from "#lib/assignments/index.ts";
import { type Actor, can } from "#lib/kernel/actor.ts";
import { type Cursor, decodeCursor, encodeCursor } from "#lib/kernel/cursor.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { Prisma } from "#prisma";
import { conditionsOf, countCap, sortColumns } from "./list-conditions.ts";
import { type ListUsersInput, listUsersSchema, type UserSort } from "./schema.ts";

const roleSchema = z.object({
  key: z.string(),
  label: z.string(),
  dangerous: z.boolean(),
  source: z.string(),
});
const rowSchema = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string(),
  name: z.string(),
  active: z.boolean(),
  createdAt: z.date(),
  lastSignInAt: z.date().nullable(),
  roles: z.array(roleSchema),
  cursor: z.string(),
  total: z.coerce.number(),
});
export interface UserRow extends Omit<z.infer<typeof rowSchema>, "cursor" | "total"> {
  /** The one who asks. */
  you: boolean;
  /** Why the actor may not edit this user; absent when they may. */
  editWhy?: string;
}

export interface UserPage {
  rows: UserRow[];
  /** Cursors of the neighbouring pages; absent at the ends. */
  next?: string;
  previous?: string;
  /** How many match; `capped` when there are more than were counted. */
  total: number;
  capped: boolean;
}

/** One page of users: filters, sorts and counts in one statement, whatever their number. */
export const listUsers = defineQuery({
  name: "list users",
  needs: "viewUsers",
  input: listUsersSchema,
  async run({ reader, actor, at }, input): Promise<UserPage> {
    const backwards = input.before !== undefined;
    const cursor = decodeCursor(input.before ?? input.after);
    const found = await reader.$queryRaw<unknown[]>(pageQuery(input, at, cursor, backwards));
    const parsed = found.map((row) => rowSchema.parse(row));
    const more = parsed.length > input.size;
    const shown = parsed.slice(0, input.size);
    if (backwards) shown.reverse();
    const total = parsed[0]?.total ?? 0;
    return {
      rows: shown.map(({ cursor: _cursor, total: _total, ...row }) => ({
        ...row,
        you: actor.kind === "user" && actor.id === row.id,
        editWhy: editRefusalFor(actor, row, at),
      })),
      next: (backwards || more) && shown.length > 0 ? cursorOf(shown.at(-1)) : undefined,
      previous: (backwards ? more : cursor) && shown.length > 0 ? cursorOf(shown[0]) : undefined,
      total: Math.min(total, countCap),
      capped: total > countCap,
    };
  },
});

function pageQuery(
  input: ListUsersInput,
  at: number,
  cursor: Cursor | undefined,
  backwards: boolean,
): Prisma.Sql {
  const { column, type, valid } = sortColumns[input.sort.replace("-", "") as UserSort];
  const ascending = !input.sort.startsWith("-") !== backwards;
  const direction = ascending ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const order = Prisma.sql`${column} ${direction}, u.id ${direction}`;
  const where = conditionsOf(input, at);
  const beyond = ascending ? Prisma.sql`>` : Prisma.sql`<`;
  const from =
    cursor && valid.test(cursor.value)
      ? Prisma.sql`(${column}, u.id) ${beyond} (${cursor.value}::${type}, ${cursor.id}::uuid)`
      : Prisma.sql`TRUE`;
  return Prisma.sql`
    WITH page AS (
      SELECT u.*, (${column})::text AS cursor FROM users u WHERE ${where} AND ${from}
      ORDER BY ${order} LIMIT ${input.size + 1})
    SELECT u.id, u.username, u.email, u.name, u.active, u.created_at AS "createdAt",
      u.last_sign_in_at AS "lastSignInAt", u.cursor,
      (SELECT count(*) FROM (SELECT 1 FROM users u WHERE ${where} LIMIT ${countCap + 1}) counted)::int AS total,
      COALESCE((
        SELECT json_agg(json_build_object('key', r.key, 'label', r.label, 'dangerous', r.dangerous, 'source', a.source)
          ORDER BY r.rank DESC, r.position, r.key)
        FROM assignments a JOIN roles r ON r.id = a.role_id WHERE a.user_id = u.id), '[]') AS roles
    FROM page u ORDER BY ${order}`;
}

/** The rule that would refuse an edit, in its own words. */
function editRefusalFor(
  actor: Actor,
  row: { id: string; username: string; active: boolean; roles: { key: string }[] },
  at: number,
) {
  if (!can(actor, "manageUsers", at))
    return "You may look at users but not change them: that needs the right to manage users.";
  const assignments = row.roles.map(({ key }) => ({ id: key, role: key }));
  return userRankRefusal(
    actor,
    { name: row.username, subject: { id: row.id, active: row.active, assignments } },
    at,
  )?.message;
}

function cursorOf(row: { cursor: string; id: string } | undefined): string | undefined {
  return row && encodeCursor({ value: row.cursor, id: row.id });
}
