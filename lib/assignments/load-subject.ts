import type { Subject, Window } from "#lib/access/index.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";

/** A user as the decision engine sees them, from what the caller's transaction sees. */
export async function loadSubject(
  reader: Reader | Tx,
  user: { id: string; active: boolean },
): Promise<Subject> {
  const rows = await reader.assignment.findMany({
    where: { userId: user.id },
    select: { id: true, startsAt: true, endsAt: true, window: true, role: { select: { key: true } } },
  });
  return {
    id: user.id,
    active: user.active,
    assignments: rows.map((row) => ({
      id: row.id,
      role: row.role.key,
      start: row.startsAt?.getTime(),
      end: row.endsAt?.getTime(),
      window: (row.window as Window | null) ?? undefined,
    })),
  };
}
