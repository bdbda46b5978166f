import { z } from "zod";
import type { Subject } from "#lib/access/index.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { heldSql } from "./held.ts";
import { subjectColumn, subjectColumnSchema } from "./subject-column.ts";

/** Somebody who holds a role, with what the rules need to know of them. */
export interface Holder {
  id: string;
  username: string;
  givenName: string;
  subject: Subject;
}

const rowSchema = z.object({
  id: z.string(),
  username: z.string(),
  givenName: z.string(),
  active: z.boolean(),
  subject: subjectColumnSchema,
});

/** Everybody who holds a role, in one statement however many they are: by username, inactive ones included. */
export async function holdersOf(reader: Reader | Tx, roleId: string, at: number): Promise<Holder[]> {
  const rows = await reader.$queryRaw<unknown[]>`
    SELECT u.id, u.username, u.given_name AS "givenName", u.active, ${subjectColumn(at)} AS subject
    FROM users u
    WHERE EXISTS (
      SELECT FROM assignments a WHERE a.user_id = u.id AND a.role_id = ${roleId}::uuid AND ${heldSql(at)})
    ORDER BY u.username_key`;
  return rows.map((row) => {
    const { active, subject, ...who } = rowSchema.parse(row);
    return { ...who, subject: { ...subject, id: who.id, active } };
  });
}
