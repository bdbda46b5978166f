import { deleteEnded } from "#lib/assignments/index.ts";
import { product } from "#lib/kernel/caller.ts";
import { type Tx, transaction } from "#lib/kernel/database.ts";
import { closeRunOut } from "#lib/sessions/index.ts";

/** How long sessions and assignments stay to be looked at after they ended. */
export const historyDays = 90;

/** What one sweep may touch of each kind; what is more waits for the next, so that no sweep holds anything up. */
export const batch = 2_000;

const day = 24 * 60 * 60_000;

export interface Swept {
  sessionsClosed: number;
  sessionsDeleted: number;
  tokensDeleted: number;
  countersDeleted: number;
  seenIdsDeleted: number;
  browsersDeleted: number;
  assignmentsDeleted: number;
}

/**
 * Takes away what nobody can use or look at any more. One instance at a time: the others answer undefined and leave
 * it to that one.
 */
export async function sweep(at: Date): Promise<Swept | undefined> {
  return transaction((tx) => sweepIn(tx, at), { turnOf: product("sweep"), patient: true });
}

async function sweepIn(tx: Tx, at: Date): Promise<Swept | undefined> {
  if (!(await takeBroom(tx))) return undefined;
  const oldest = new Date(at.getTime() - historyDays * day);
  return {
    sessionsClosed: await closeRunOut(tx, at, batch),
    sessionsDeleted: await tx.$executeRaw`
        DELETE FROM sessions WHERE id IN (
          SELECT id FROM sessions WHERE last_used_at < ${oldest} AND ended_at < ${oldest}
          LIMIT ${batch} FOR UPDATE SKIP LOCKED)`,
    tokensDeleted: await tx.$executeRaw`
        DELETE FROM one_time_tokens WHERE id IN (
          SELECT id FROM one_time_tokens WHERE expires_at <= ${at} LIMIT ${batch} FOR UPDATE SKIP LOCKED)`,
    countersDeleted: await tx.$executeRaw`
        DELETE FROM rate_limits WHERE key IN (
          SELECT key FROM rate_limits WHERE expire <= ${at} LIMIT ${batch} FOR UPDATE SKIP LOCKED)`,
    seenIdsDeleted: await tx.$executeRaw`
        DELETE FROM seen_ids WHERE (kind, id) IN (
          SELECT kind, id FROM seen_ids WHERE expires_at <= ${at} LIMIT ${batch} FOR UPDATE SKIP LOCKED)`,
    browsersDeleted: await tx.$executeRaw`
        DELETE FROM known_browsers WHERE id IN (
          SELECT id FROM known_browsers WHERE expires_at <= ${at} LIMIT ${batch} FOR UPDATE SKIP LOCKED)`,
    assignmentsDeleted: await deleteEnded(tx, oldest, batch),
  };
}

/** Ends with the transaction. */
async function takeBroom(tx: Tx): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ taken: boolean }[]>`SELECT pg_try_advisory_xact_lock(7318002) AS taken`;
  return row?.taken ?? false;
}
