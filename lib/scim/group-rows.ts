import { z } from "zod";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { Prisma } from "#prisma";
import type { Attributes } from "./attributes.ts";
import { urns } from "./urns.ts";

const rowSchema = z.object({
  id: z.string(),
  externalId: z.string().nullable(),
  name: z.string(),
  createdAt: z.date(),
  updatedAt: z.date(),
  members: z.array(z.object({ value: z.string(), display: z.string() })).nullable(),
});
type GroupRow = z.infer<typeof rowSchema>;

const members = Prisma.sql`COALESCE((
  SELECT json_agg(json_build_object('value', m.user_id, 'display', u.username) ORDER BY m.user_id)
  FROM scim_group_members m JOIN users u ON u.id = m.user_id WHERE m.group_id = g.id), '[]')`;

/** The groups that fit, oldest first: one statement however many they and their members are. */
export async function groupRows(
  reader: Reader | Tx,
  where: Prisma.Sql,
  { limit = 1, offset = 0, withMembers = true } = {},
): Promise<GroupRow[]> {
  const rows = await reader.$queryRaw<unknown[]>`
    SELECT g.id, g.external_id AS "externalId", g.name, g.created_at AS "createdAt", g.updated_at AS "updatedAt",
      ${withMembers ? members : Prisma.sql`NULL`} AS members
    FROM scim_groups g WHERE ${where} ORDER BY g.id LIMIT ${limit} OFFSET ${offset}`;
  return rows.map((row) => rowSchema.parse(row));
}

export async function countGroups(reader: Reader, where: Prisma.Sql): Promise<number> {
  const [row] = await reader.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM scim_groups g WHERE ${where}`;
  return row?.total ?? 0;
}

/** A group that a provider brought. Its clients see no other. */
export const groupOf = (provider: string, id: string | undefined): Prisma.Sql =>
  id === undefined ? Prisma.sql`FALSE` : Prisma.sql`g.provider = ${provider} AND g.id = ${id}::uuid`;

export function shownGroup(row: GroupRow, base: string): Attributes {
  const { id, externalId, name, createdAt, updatedAt } = row;
  return {
    schemas: [urns.group],
    id,
    ...(externalId !== null && { externalId }),
    displayName: name,
    ...(row.members && {
      members: row.members.map((one) => ({ ...one, $ref: `${base}/Users/${one.value}`, type: "User" })),
    }),
    meta: {
      resourceType: "Group",
      created: createdAt.toISOString(),
      lastModified: updatedAt.toISOString(),
      location: `${base}/Groups/${id}`,
    },
  };
}
