import { z } from "zod";
import { defineQuery } from "#lib/kernel/operation.ts";
import { Prisma } from "#prisma";
import type { Attributes } from "./attributes.ts";
import { clientOf } from "./client.ts";
import { userFilter } from "./filter.ts";
import { idSchema, listSchema } from "./input.ts";
import { unknownUser } from "./invalid.ts";
import { baseOf, countUsers, shownUser, userOf, userRows } from "./user-rows.ts";

export interface Page {
  total: number;
  resources: Attributes[];
}

/** Whom this client's provider brought, oldest first. Two statements, however many there are. */
export const listProvisionedUsers = defineQuery({
  name: "list provisioned users",
  needs: "scim:users",
  input: listSchema,
  async run({ reader, actor, call }, { filter, startIndex, count }): Promise<Page> {
    const own = Prisma.sql`s.provider = ${clientOf(actor).provider}`;
    const where = filter === undefined ? own : Prisma.sql`${own} AND (${userFilter(filter)})`;
    const total = await countUsers(reader, where);
    const rows = count === 0 ? [] : await userRows(reader, where, { limit: count, offset: startIndex - 1 });
    return { total, resources: rows.map((row) => shownUser(row, baseOf(call))) };
  },
});

export const viewProvisionedUser = defineQuery({
  name: "view provisioned user",
  needs: "scim:users",
  input: z.object({ id: idSchema }),
  async run({ reader, actor, call }, { id }): Promise<Attributes> {
    const [row] = await userRows(reader, userOf(clientOf(actor).provider, id));
    if (!row) throw unknownUser();
    return shownUser(row, baseOf(call));
  },
});
