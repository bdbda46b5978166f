import { database } from "./database.ts";

/**
 * Makes sure that the audit log has a part for this month and the next two. Answers those that it made; several instances
 * may ask at once. Until there is one, its events go into a part that takes everything.
 */
export async function makeAuditMonths(): Promise<string[]> {
  const made = await database().$queryRaw<{ part: string }[]>`SELECT part FROM audit_make_months() AS part`;
  return made.map(({ part }) => part);
}
