import type { Subject } from "#lib/access/index.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { subjectColumn, subjectColumnSchema } from "./subject-column.ts";

/** A user as the decision engine sees them at `at`, from what the caller's transaction sees. Nobody: without any hold. */
export async function loadSubject(reader: Reader | Tx, user: Loaded, at: number): Promise<Subject> {
  return (await loadSubjects(reader, [user], at))(user);
}

interface Loaded {
  id: string;
  active: boolean;
}

/** The same for several, in one statement. Answers about each of them. */
export async function loadSubjects(
  reader: Reader | Tx,
  users: readonly Loaded[],
  at: number,
): Promise<(user: Loaded) => Subject> {
  const ids = [...new Set(users.map(({ id }) => id))];
  const rows = await reader.$queryRaw<{ id: string; subject: unknown }[]>`
    SELECT u.id, ${subjectColumn(at)} AS subject FROM users u WHERE u.id = ANY(${ids}::uuid[])`;
  const held = new Map(rows.map(({ id, subject }) => [id, subjectColumnSchema.parse(subject)]));
  return ({ id, active }) => ({ ...(held.get(id) ?? { assignments: [] }), id, active });
}
