import { z } from "zod";
import { dangerOf } from "#lib/access/index.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { Prisma } from "#prisma";
import { conditionsOf, countCap } from "./list-conditions.ts";
import { cursorOf, orderOf, type Position, positionOf } from "./list-order.ts";
import { type Whys, whysFor } from "./rules.ts";
import { type ListUsersInput, listUsersSchema } from "./schema.ts";

const roleSchema = z.object({
  key: z.string(),
  label: z.string(),
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
  total: z.number(),
});
export interface UserRow extends Omit<z.infer<typeof rowSchema>, "cursor" | "total" | "roles">, Whys {
  roles: (z.infer<typeof roleSchema> & { dangerous: boolean })[];
  /** The one who asks. */
  you: boolean;
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

/** One page of users: filtered, sorted and counted by the database, whatever their number. */
export const listUsers = defineQuery({
  name: "list users",
  needs: "viewUsers",
  input: listUsersSchema,
  async run({ reader, actor, at }, input): Promise<UserPage> {
    const where = await conditionsOf(reader, input, at);
    const list = { input, where, filtered: Boolean(input.q || input.role || input.status) };
    let position = positionOf(input);
    let found = await loadPage(reader, list, position);
    if (position && found.length === 0) {
      // Everybody beyond the cursor is gone: the first page rather than a page without a way out.
      position = undefined;
      found = await loadPage(reader, list, position);
    }
    const backwards = position?.side === "before";
    const total = found[0]?.total ?? 0;
    const more = found.length > input.size;
    const shown = found.slice(0, input.size);
    if (backwards) shown.reverse();
    return {
      rows: shown.map(({ cursor: _cursor, total: _total, ...row }) => ({
        ...row,
        roles: row.roles.map((role) => ({ ...role, dangerous: isDangerous(actor, role.key) })),
        you: actor.kind === "user" && actor.id === row.id,
        ...whysOf(actor, row, at),
      })),
      next: backwards || more ? cursorOf(shown.at(-1)) : undefined,
      previous: (backwards ? more : position) ? cursorOf(shown[0]) : undefined,
      total: Math.min(total, countCap),
      capped: total > countCap,
    };
  },
});

interface List {
  input: ListUsersInput;
  where: Prisma.Sql;
  filtered: boolean;
}

async function loadPage(reader: Reader, list: List, position: Position | undefined) {
  const order = orderOf(list.input.sort, position);
  const rows = await reader.$queryRaw<unknown[]>`
    WITH ${list.filtered ? filteredPage(list, order) : wholePage(list, order)}
    SELECT u.id, u.username, u.email, u.name, u.active, u.created_at AS "createdAt",
      u.last_sign_in_at AS "lastSignInAt", page.cursor, (SELECT total FROM counted) AS total,
      COALESCE((
        SELECT json_agg(json_build_object('key', r.key, 'label', r.label, 'source', a.source)
          ORDER BY r.rank DESC, r.position, r.key)
        FROM assignments a JOIN roles r ON r.id = a.role_id WHERE a.user_id = u.id), '[]') AS roles
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

/** The rules that would refuse, in their own words. */
function whysOf(
  actor: Actor,
  row: { id: string; username: string; active: boolean; roles: { key: string }[] },
  at: number,
): Whys {
  const assignments = row.roles.map(({ key }) => ({ id: key, role: key }));
  const subject = { id: row.id, active: row.active, assignments };
  return whysFor(actor, { name: row.username, active: row.active, subject }, at);
}
