import { z } from "zod";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { Prisma } from "#prisma";
import type { Attributes } from "./attributes.ts";
import { urns } from "./urns.ts";

const rowSchema = z.object({
  id: z.string(),
  resource: z.record(z.string(), z.unknown()),
  active: z.boolean(),
  createdAt: z.date(),
  updatedAt: z.date(),
  groups: z.array(z.object({ value: z.string(), display: z.string() })),
});
export type UserRow = z.infer<typeof rowSchema>;

/** The users who fit, oldest first, with the groups that they are in: one statement however many there are. */
export async function userRows(
  reader: Reader | Tx,
  where: Prisma.Sql,
  { limit, offset } = { limit: 1, offset: 0 },
): Promise<UserRow[]> {
  const rows = await reader.$queryRaw<unknown[]>`
    SELECT s.user_id AS id, s.resource, u.active, s.created_at AS "createdAt",
      GREATEST(s.updated_at, u.updated_at) AS "updatedAt",
      COALESCE((
        SELECT json_agg(json_build_object('value', g.id, 'display', g.name) ORDER BY g.id)
        FROM scim_group_members m JOIN scim_groups g ON g.id = m.group_id WHERE m.user_id = s.user_id), '[]') AS groups
    FROM scim_users s JOIN users u ON u.id = s.user_id
    WHERE ${where} ORDER BY s.user_id LIMIT ${limit} OFFSET ${offset}`;
  return rows.map((row) => rowSchema.parse(row));
}

export async function countUsers(reader: Reader, where: Prisma.Sql): Promise<number> {
  const [row] = await reader.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM scim_users s JOIN users u ON u.id = s.user_id WHERE ${where}`;
  return row?.total ?? 0;
}

/** Somebody that a provider brought. Its clients see nobody else, whatever id they name. */
export const userOf = (provider: string, id: string | undefined): Prisma.Sql =>
  id === undefined ? Prisma.sql`FALSE` : Prisma.sql`s.provider = ${provider} AND s.user_id = ${id}::uuid`;

/** As SCIM shows them: what was sent, with what is ours to say. `base`: where SCIM is served. */
export function shownUser(
  { id, resource, active, groups, createdAt, updatedAt }: UserRow,
  base: string,
): Attributes {
  const { schemas = [urns.user], ...rest } = resource;
  return {
    schemas,
    id,
    ...rest,
    active,
    groups: groups.map((group) => ({ ...group, $ref: `${base}/Groups/${group.value}`, type: "direct" })),
    meta: {
      resourceType: "User",
      created: createdAt.toISOString(),
      lastModified: updatedAt.toISOString(),
      location: `${base}/Users/${id}`,
    },
  };
}

/** Where SCIM is served, as the asking client sees us. */
export const baseOf = (call: { origin?: string | undefined }): string => `${call.origin ?? ""}/scim/v2`;
