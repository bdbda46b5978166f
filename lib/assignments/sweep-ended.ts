import type { Tx } from "#lib/kernel/database.ts";

/** Deletes assignments that ended before `before`, as many as `batch`: the trail has when they were given and until when. */
export async function deleteEnded(tx: Tx, before: Date, batch: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM assignments WHERE id IN (
      SELECT id FROM assignments WHERE ends_at <= ${before} LIMIT ${batch} FOR UPDATE SKIP LOCKED)`;
}
