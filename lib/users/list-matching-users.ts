import { z } from "zod";
import { defineQuery } from "#lib/kernel/operation.ts";
import { orderOf, pageOf, positionOf } from "#lib/listing/index.ts";
import { Prisma } from "#prisma";
import { conditionsOf } from "./list-conditions.ts";
import { listMatchingUsersSchema, matchesSize } from "./schema.ts";
import { sortColumns } from "./sort-columns.ts";

const rowSchema = z.object({ id: z.string(), username: z.string(), cursor: z.string() });

/** Whom a filter finds, by name and without the rest, so that all of them can be selected; a large page at a time. */
export const listMatchingUsers = defineQuery({
  name: "list matching users",
  needs: "viewUsers",
  input: listMatchingUsersSchema,
  async run({ reader, at }, { after, ...filter }) {
    const where = await conditionsOf(reader, filter, at);
    const position = positionOf(sortColumns.username, { after });
    const order = orderOf(sortColumns.username, Prisma.sql`u.id`, false, position);
    const found = await reader.$queryRaw<unknown[]>`
      SELECT u.id, u.username, ${order.text} AS cursor FROM users u
      WHERE ${where} AND ${order.from} ORDER BY ${order.by} LIMIT ${matchesSize + 1}`;
    const { rows, next } = pageOf(
      found.map((row) => rowSchema.parse(row)),
      matchesSize,
      position,
    );
    return { people: rows.map(({ id, username }) => ({ id, username })), next };
  },
});
