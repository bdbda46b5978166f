import { z } from "zod";
import { dangerOf, windowSchema } from "#lib/access/index.ts";
import { heldSql } from "#lib/assignments/index.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { countCap, loadPage, orderOf, type Position, positionOf } from "#lib/listing/index.ts";
import { unknownEntries } from "#lib/role-expressions/index.ts";
import { Prisma } from "#prisma";
import { conditionsOf } from "./list-conditions.ts";
import { type Whys, whysFor } from "./rules.ts";
import { type ListUsersInput, listUsersSchema } from "./schema.ts";
import { sortOf } from "./sort-columns.ts";

const instant = z.number().nullable();
const roleSchema = z.object({
  id: z.string(),
  key: z.string(),
  label: z.string(),
  source: z.string(),
  /** Epoch milliseconds. */
  start: instant,
  end: instant,
  window: windowSchema.nullable(),
  roleWindow: windowSchema.nullable(),
  place: z.string().nullable(),
  rank: z.number(),
  guarded: z.boolean(),
});
export type HeldRole = Omit<z.infer<typeof roleSchema>, "rank" | "guarded"> & { dangerous: boolean };
const rowSchema = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string(),
  name: z.string(),
  active: z.boolean(),
  createdAt: z.date(),
  lastSignInAt: z.date().nullable(),
  roleExpression: z.string().nullable(),
  roles: z.array(roleSchema),
  cursor: z.string(),
  total: z.number(),
});
export interface UserRow
  extends Omit<z.infer<typeof rowSchema>, "cursor" | "total" | "roles" | "roleExpression">,
    Whys {
  roles: HeldRole[];
  /** What nobody understands in the role expression that their roles come from. */
  unknownEntries: string[];
  /** The one who asks. */
  you: boolean;
}

export interface UserPage {
  rows: UserRow[];
  /** Cursors of the neighbouring pages; absent at the ends. */
  next: string | undefined;
  previous: string | undefined;
  /** How many match; `capped` when there are more than were counted. */
  total: number;
  capped: boolean;
}

/** One page of users: filtered, sorted and counted by the database, whatever their number. */
export const listUsers = defineQuery({
  name: "list users",
  needs: "viewUsers",
  input: listUsersSchema,
  async run({ reader, actor, at }, input): Promise<UserPage> {
    const where = await conditionsOf(reader, input, at);
    const list = { input, where, filtered: Boolean(input.q || input.role || input.status) };
    const { rows, ...page } = await loadPage(input.size, positionOf(sortOf(input), input), (beside) =>
      readPage(reader, list, beside, at),
    );
    return { ...page, rows: rows.map((row) => shown(row, actor, at)) };
  },
});

interface List {
  input: ListUsersInput;
  where: Prisma.Sql;
  filtered: boolean;
}

async function readPage(reader: Reader, list: List, position: Position | undefined, at: number) {
  const { input } = list;
  const order = orderOf(sortOf(input), Prisma.sql`u.id`, input.sort.startsWith("-"), position);
  const rows = await reader.$queryRaw<unknown[]>`
    WITH ${list.filtered ? filteredPage(list, order) : wholePage(list, order)}
    SELECT u.id, u.username, u.email, u.name, u.active, u.created_at AS "createdAt",
      u.last_sign_in_at AS "lastSignInAt", u.role_expression AS "roleExpression", page.cursor, (SELECT total FROM counted) AS total,
      COALESCE((
        SELECT json_agg(json_build_object('id', a.id, 'key', r.key, 'label', r.label,
            'source', a.source, 'window', a.window, 'roleWindow', r.window, 'place', COALESCE(t.name, o.name),
            'start', EXTRACT(EPOCH FROM a.starts_at) * 1000, 'end', EXTRACT(EPOCH FROM a.ends_at) * 1000,
            'rank', r.rank, 'guarded', r.guarded)
          ORDER BY r.rank DESC, r.position, r.key, a.id)
        FROM assignments a JOIN roles r ON r.id = a.role_id
          LEFT JOIN organizations o ON o.id = a.organization_id LEFT JOIN teams t ON t.id = a.team_id
        WHERE a.user_id = u.id AND ${heldSql(at)}), '[]') AS roles
    FROM page JOIN users u ON u.id = page.id ORDER BY ${order.by}`;
  return rows.map((row) => rowSchema.parse(row));
}

type Order = ReturnType<typeof orderOf>;
const paged = ({ from, by }: Order, size: number) => Prisma.sql`AND ${from} ORDER BY ${by} LIMIT ${size + 1}`;

const wholePage = ({ input }: List, order: Order) => Prisma.sql`
  counted AS (SELECT count(*)::int AS total FROM (SELECT FROM users LIMIT ${countCap + 1}) everybody),
  page AS (SELECT u.id, ${order.text} AS cursor FROM users u WHERE TRUE ${paged(order, input.size)})`;

/**
 * Matches are collected up to the limit of the count. Where that is all of them they are sorted: walking along
 * the sort's index could meet the first of them at its far end. Where there are more, the index meets some soon.
 */
const filteredPage = ({ input, where }: List, order: Order) => Prisma.sql`
  matches AS MATERIALIZED (
    SELECT u.id, u.username_key, u.email_key, u.created_at, u.last_sign_in_at, u.active
    FROM users u WHERE ${where} LIMIT ${countCap + 1}),
  counted AS MATERIALIZED (SELECT count(*)::int AS total FROM matches),
  page AS (
    (SELECT u.id, ${order.text} AS cursor FROM matches u
      WHERE (SELECT total FROM counted) <= ${countCap} ${paged(order, input.size)})
    UNION ALL
    (SELECT u.id, ${order.text} AS cursor FROM users u
      WHERE (SELECT total FROM counted) > ${countCap} AND ${where} ${paged(order, input.size)}))`;

const isDangerous = (actor: Actor, role: string) =>
  actor.kind === "user" && dangerOf(actor.access.policy, actor.access.catalogue, role) !== undefined;

const unknownIn = (actor: Actor, expression: string | null): string[] =>
  actor.kind === "user" ? unknownEntries(actor.access, expression).map(({ entry }) => entry) : [];

/** With what the rules would refuse to do to them, in their own words. */
function shown(found: z.infer<typeof rowSchema>, actor: Actor, at: number): UserRow {
  const { cursor: _cursor, total: _total, roles, roleExpression, ...row } = found;
  const assignments = roles.map(({ id, key, start, end, window }) => ({
    id,
    role: key,
    start: start ?? undefined,
    end: end ?? undefined,
    window: window ?? undefined,
  }));
  const user = {
    name: row.username,
    active: row.active,
    subject: { id: row.id, active: row.active, assignments },
    held: roles,
  };
  return {
    ...row,
    roles: roles.map(({ rank: _rank, guarded: _guarded, ...role }) => ({
      ...role,
      dangerous: isDangerous(actor, role.key),
    })),
    unknownEntries: unknownIn(actor, roleExpression),
    you: actor.kind === "user" && actor.id === row.id,
    ...whysFor(actor, user, at),
  };
}
