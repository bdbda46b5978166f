import { z } from "zod";
import { defineQuery } from "#lib/kernel/operation.ts";
import { Prisma } from "#prisma";
import type { Attributes } from "./attributes.ts";
import { clientOf } from "./client.ts";
import { groupFilter } from "./filter.ts";
import { countGroups, groupOf, groupRows, shownGroup } from "./group-rows.ts";
import { idSchema, listSchema } from "./input.ts";
import { unknownGroup } from "./invalid.ts";
import type { Page } from "./read-users.ts";
import { baseOf } from "./user-rows.ts";

/** Entra asks for groups without their members. */
const withMembers = z.boolean().default(true);

export const listProvisionedGroups = defineQuery({
  name: "list provisioned groups",
  needs: "scim:groups",
  input: listSchema.extend({ withMembers }),
  async run({ reader, actor, call }, { filter, startIndex, count, ...shape }): Promise<Page> {
    const own = Prisma.sql`g.provider = ${clientOf(actor).provider}`;
    const where = filter === undefined ? own : Prisma.sql`${own} AND (${groupFilter(filter)})`;
    const total = await countGroups(reader, where);
    const page = { limit: count, offset: startIndex - 1, ...shape };
    const rows = count === 0 ? [] : await groupRows(reader, where, page);
    return { total, resources: rows.map((row) => shownGroup(row, baseOf(call))) };
  },
});

export const viewProvisionedGroup = defineQuery({
  name: "view provisioned group",
  needs: "scim:groups",
  input: z.object({ id: idSchema, withMembers }),
  async run({ reader, actor, call }, { id, ...shape }): Promise<Attributes> {
    const [row] = await groupRows(reader, groupOf(clientOf(actor).provider, id), shape);
    if (!row) throw unknownGroup();
    return shownGroup(row, baseOf(call));
  },
});
