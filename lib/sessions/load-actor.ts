import { z } from "zod";
import { windowSchema } from "#lib/access/index.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import { database } from "#lib/kernel/database.ts";
import { hashToken } from "#lib/kernel/secret-token.ts";
import { policyOfVersion } from "#lib/policy/index.ts";
import { idleLimit, touchEvery } from "./limits.ts";

const instant = z.number().nullable();
const rowSchema = z.object({
  session_id: z.string(),
  last_used_at: z.date(),
  user_id: z.string(),
  username: z.string(),
  email: z.string(),
  name: z.string(),
  policy_version: z.number(),
  assignments: z.array(
    z.object({
      id: z.string(),
      role: z.string(),
      start: instant,
      end: instant,
      window: windowSchema.nullable(),
    }),
  ),
});

/**
 * Who holds this session token now: one query, fresh at every request.
 * Ended or expired session, inactive or deleted user, no policy: nobody.
 */
export async function loadActor(token: string, at: Date): Promise<Actor> {
  const idleSince = new Date(at.getTime() - idleLimit);
  const rows = await database().$queryRaw<unknown[]>`
    SELECT s.id AS session_id, s.last_used_at, u.id AS user_id, u.username, u.email, u.name, p.version AS policy_version,
      COALESCE((
        SELECT json_agg(json_build_object(
          'id', a.id, 'role', r.key, 'window', a.window,
          'start', EXTRACT(EPOCH FROM a.starts_at) * 1000, 'end', EXTRACT(EPOCH FROM a.ends_at) * 1000))
        FROM assignments a JOIN roles r ON r.id = a.role_id WHERE a.user_id = u.id), '[]') AS assignments
    FROM sessions s JOIN users u ON u.id = s.user_id JOIN policy p ON p.id = 1
    WHERE s.token_hash = ${hashToken(token)} AND s.ended_at IS NULL AND u.active
      AND s.expires_at > ${at} AND s.last_used_at > ${idleSince}`;
  if (rows.length === 0) return { kind: "anonymous" };
  const row = rowSchema.parse(rows[0]);
  if (at.getTime() - row.last_used_at.getTime() > touchEvery) await touch(row.session_id, at);
  return {
    kind: "user",
    id: row.user_id,
    username: row.username,
    name: row.name,
    email: row.email,
    sessionId: row.session_id,
    subject: { id: row.user_id, active: true, assignments: row.assignments.map(withoutNulls) },
    access: await policyOfVersion(row.policy_version),
  };
}

async function touch(id: string, at: Date): Promise<void> {
  await database().session.updateMany({ where: { id, endedAt: null }, data: { lastUsedAt: at } });
}

function withoutNulls({ id, role, start, end, window }: z.infer<typeof rowSchema>["assignments"][number]) {
  return { id, role, start: start ?? undefined, end: end ?? undefined, window: window ?? undefined };
}
