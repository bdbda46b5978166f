import type { Subject } from "#lib/access/index.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { subjectColumn, subjectColumnSchema } from "./subject-column.ts";

/** A user as the decision engine sees them, from what the caller's transaction sees. Nobody: without any hold. */
export async function loadSubject(
  reader: Reader | Tx,
  user: { id: string; active: boolean },
): Promise<Subject> {
  const [row] = await reader.$queryRaw<{ subject: unknown }[]>`
    SELECT ${subjectColumn} AS subject FROM users u WHERE u.id = ${user.id}::uuid`;
  const held = row ? subjectColumnSchema.parse(row.subject) : { assignments: [] };
  return { ...held, id: user.id, active: user.active };
}
