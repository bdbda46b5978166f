import { z } from "zod";
import { type Subject, windowSchema } from "#lib/access/index.ts";
import { Prisma } from "#prisma";

/** The assignments of the user `u` of a statement, as JSON: for reads that get everything in one go. */
export const assignmentRows = Prisma.sql`
  COALESCE((
    SELECT json_agg(json_build_object(
      'id', a.id, 'role', r.key, 'window', a.window,
      'start', EXTRACT(EPOCH FROM a.starts_at) * 1000, 'end', EXTRACT(EPOCH FROM a.ends_at) * 1000))
    FROM assignments a JOIN roles r ON r.id = a.role_id WHERE a.user_id = u.id), '[]')`;

const instant = z.number().nullable();

export const assignmentRowsSchema = z
  .array(
    z.object({
      id: z.string(),
      role: z.string(),
      start: instant,
      end: instant,
      window: windowSchema.nullable(),
    }),
  )
  .transform((rows): Subject["assignments"] =>
    rows.map(({ id, role, start, end, window }) => ({
      id,
      role,
      start: start ?? undefined,
      end: end ?? undefined,
      window: window ?? undefined,
    })),
  );
