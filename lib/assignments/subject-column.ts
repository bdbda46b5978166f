import { z } from "zod";
import { type Subject, windowSchema } from "#lib/access/index.ts";
import { Prisma } from "#prisma";
import { heldSql } from "./held.ts";

/**
 * What the decision engine needs to know of the user `u` of a statement, as JSON: for reads that get everything in one
 * go. What has ended by `at` (in milliseconds) is left out: it is gone for all purposes, whoever counts it.
 */
export const subjectColumn = (at: number): Prisma.Sql => Prisma.sql`
  json_build_object(
    'assignments', COALESCE((
      SELECT json_agg(json_build_object(
        'id', a.id, 'role', r.key, 'window', a.window, 'organization', a.organization_id, 'team', a.team_id,
        'start', EXTRACT(EPOCH FROM a.starts_at) * 1000, 'end', EXTRACT(EPOCH FROM a.ends_at) * 1000))
      FROM assignments a JOIN roles r ON r.id = a.role_id WHERE a.user_id = u.id AND ${heldSql(at)}), '[]'),
    'organizations', COALESCE((
      SELECT json_agg(m.organization_id) FROM organization_members m WHERE m.user_id = u.id), '[]'),
    'teams', COALESCE((SELECT json_agg(m.team_id) FROM team_members m WHERE m.user_id = u.id), '[]'),
    'attributes', u.attributes)`;

const absentIfNull = <T extends z.ZodType>(schema: T) =>
  schema.nullable().transform((value) => value ?? undefined);

const attributeValue = z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))]);

/** The column's shape: a subject but for who they are and whether they may sign in. */
export const subjectColumnSchema: z.ZodType<Omit<Subject, "id" | "active">> = z.object({
  assignments: z.array(
    z.object({
      id: z.string(),
      role: z.string(),
      start: absentIfNull(z.number()),
      end: absentIfNull(z.number()),
      window: absentIfNull(windowSchema),
      organization: absentIfNull(z.string()),
      team: absentIfNull(z.string()),
    }),
  ),
  organizations: z.array(z.string()),
  teams: z.array(z.string()),
  attributes: z.record(z.string(), attributeValue),
});
