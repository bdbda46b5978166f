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

/** How many members a page of groups has at most: a tenth of what a hundred large groups have, and 1.6 MB of text. */
const mostOfPage = 10_000;

/** The groups of a page, as far as their members fit into it; the first one always does. */
const fitting = (page: Prisma.Sql) => Prisma.sql`
  SELECT * FROM (
    SELECT counted.*, sum(size) OVER (ORDER BY id) AS so_far FROM (
      SELECT page.*, (SELECT count(*) FROM scim_group_members m WHERE m.group_id = page.id) AS size FROM (${page}) page
    ) counted) summed
  WHERE so_far <= ${mostOfPage} OR so_far = size`;

/**
 * The groups that fit, oldest first: one statement however many they and their members are. With members a page may end
 * early, as RFC 7644 (3.4.2.4) lets it: the client goes on behind what it got.
 */
export async function groupRows(
  reader: Reader | Tx,
  where: Prisma.Sql,
  { limit = 1, offset = 0, withMembers = true } = {},
): Promise<GroupRow[]> {
  const page = Prisma.sql`SELECT g.* FROM scim_groups g WHERE ${where} ORDER BY g.id LIMIT ${limit} OFFSET ${offset}`;
  const rows = await reader.$queryRaw<unknown[]>`
    SELECT g.id, g.external_id AS "externalId", g.name, g.created_at AS "createdAt", g.updated_at AS "updatedAt",
      ${withMembers ? members : Prisma.sql`NULL`} AS members
    FROM (${withMembers ? fitting(page) : page}) g ORDER BY g.id`;
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
