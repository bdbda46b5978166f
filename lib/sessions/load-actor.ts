import { z } from "zod";
import { subjectColumn, subjectColumnSchema } from "#lib/assignments/index.ts";
import type { Actor, UserActor } from "#lib/kernel/actor.ts";
import { database, type Tx } from "#lib/kernel/database.ts";
import { rememberCaller } from "#lib/kernel/known-callers.ts";
import { hashToken } from "#lib/kernel/secret-token.ts";
import { policyOfVersion, presentPolicy } from "#lib/policy/index.ts";
import { roleSyncFrom, syncColumn, syncColumnSchema } from "#lib/providers/index.ts";
import { readSecurity } from "#lib/settings/index.ts";
import { touchEvery } from "./limits.ts";
import { type SessionTimes, sessionEnd } from "./session-end.ts";

const rowSchema = z.object({
  session_id: z.string(),
  created_at: z.date(),
  expires_at: z.date(),
  last_used_at: z.date(),
  proven_at: z.date(),
  security: z.unknown(),
  has_factor: z.boolean(),
  provider: z.string().nullable(),
  user_id: z.string(),
  username: z.string(),
  email: z.string(),
  name: z.string(),
  policy_version: z.number(),
  subject: subjectColumnSchema,
  providers: syncColumnSchema,
});

/**
 * Who holds this session token now: one query, fresh at every request.
 * Ended or expired session, inactive or deleted user, no policy: nobody.
 */
export async function loadActor(token: string, at: Date): Promise<Actor> {
  const rows = await database().$queryRaw<unknown[]>`
    SELECT s.id AS session_id, s.provider, s.created_at, s.expires_at, s.last_used_at, s.proven_at, c.value AS security,
      (EXISTS (SELECT 1 FROM totps t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL)
        OR EXISTS (SELECT 1 FROM passkeys k WHERE k.user_id = u.id)) AS has_factor,
      u.id AS user_id, u.username, u.email, u.name, p.version AS policy_version,
      ${subjectColumn(at.getTime())} AS subject, ${syncColumn} AS providers
    FROM sessions s JOIN users u ON u.id = s.user_id JOIN policy p ON p.id = 1
      LEFT JOIN settings c ON c.key = 'security'
    WHERE s.token_hash = ${hashToken(token)} AND s.ended_at IS NULL AND u.active`;
  if (rows.length === 0) return { kind: "anonymous" };
  const row = rowSchema.parse(rows[0]);
  const security = readSecurity(row.security);
  const times = { createdAt: row.created_at, expiresAt: row.expires_at, lastUsedAt: row.last_used_at };
  if (at >= sessionEnd(times, security).at) return { kind: "anonymous" };
  rememberCaller(token, { kind: "user", id: row.user_id });
  if (at.getTime() - row.last_used_at.getTime() > touchEvery) await touch(row.session_id, at);
  const { subject } = row;
  const actor: UserActor = {
    kind: "user",
    id: row.user_id,
    username: row.username,
    name: row.name,
    email: row.email,
    sessionId: row.session_id,
    provenAt: row.proven_at.getTime(),
    proofLasts: security.reauthMinutes * 60_000,
    mustEnrol:
      // Whoever comes through a provider shows their second factor there.
      row.provider === null &&
      !row.has_factor &&
      subject.assignments.some(({ role }) => security.secondFactorRoles.includes(role)),
    roleSync: roleSyncFrom(row.providers),
    subject: { ...subject, id: row.user_id, active: true },
    access: await policyOfVersion(row.policy_version),
    reload: (tx) => reload(tx, actor, at),
  };
  return actor;
}

/** Whether this token opens a session now, for what has to be known before a long request is read: one query. */
export async function isLiveSession(token: string, at: Date): Promise<boolean> {
  const [row] = await database().$queryRaw<(SessionTimes & { security: unknown })[]>`
    SELECT s.created_at AS "createdAt", s.expires_at AS "expiresAt", s.last_used_at AS "lastUsedAt", c.value AS security
    FROM sessions s JOIN users u ON u.id = s.user_id LEFT JOIN settings c ON c.key = 'security'
    WHERE s.token_hash = ${hashToken(token)} AND s.ended_at IS NULL AND u.active`;
  return row !== undefined && at < sessionEnd(row, readSecurity(row.security)).at;
}

async function reload(tx: Tx, actor: UserActor, at: Date): Promise<Actor> {
  const [row] = await tx.$queryRaw<{ subject: unknown; providers: unknown; version: number }[]>`
    SELECT ${subjectColumn(at.getTime())} AS subject, ${syncColumn} AS providers, p.version
    FROM sessions s JOIN users u ON u.id = s.user_id JOIN policy p ON p.id = 1
    WHERE s.id = ${actor.sessionId}::uuid AND s.ended_at IS NULL AND u.active`;
  if (!row) return { kind: "anonymous" };
  const subject = { ...subjectColumnSchema.parse(row.subject), id: actor.id, active: true };
  const roleSync = roleSyncFrom(syncColumnSchema.parse(row.providers));
  return { ...actor, subject, roleSync, access: await presentPolicy(tx, row.version) };
}

async function touch(id: string, at: Date): Promise<void> {
  await database().session.updateMany({ where: { id, endedAt: null }, data: { lastUsedAt: at } });
}
