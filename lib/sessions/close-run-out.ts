import type { Tx } from "#lib/kernel/database.ts";
import { securityOf } from "#lib/settings/index.ts";
import { ranIdle, ranOut } from "./session-end.ts";

/**
 * Writes into sessions that ran out by themselves when and why, so that the history is whole and a limit that is
 * lengthened later brings none of them back. At most `limit` at a time.
 */
export async function closeRunOut(tx: Tx, at: Date, limit: number): Promise<number> {
  const { idleMinutes, absoluteHours } = await securityOf(tx);
  return tx.$executeRaw`
    WITH times AS (
      SELECT id, last_used_at + make_interval(mins => ${idleMinutes}::int) AS idle,
        LEAST(expires_at, created_at + make_interval(hours => ${absoluteHours}::int)) AS absolute
      FROM sessions WHERE ended_at IS NULL),
    over AS (SELECT * FROM times WHERE LEAST(idle, absolute) <= ${at} LIMIT ${limit})
    UPDATE sessions s SET id_token = NULL, ended_at = LEAST(o.idle, o.absolute),
      ended_why = CASE WHEN o.idle < o.absolute THEN ${ranIdle} ELSE ${ranOut} END
    FROM over o WHERE s.id = o.id AND s.ended_at IS NULL AND s.last_used_at + make_interval(mins => ${idleMinutes}::int) = o.idle`;
}
