import { z } from "zod";
import { subjectColumn, subjectColumnSchema } from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { Prisma } from "#prisma";
import type { RuledMember } from "./rules.ts";

const rowSchema = z.object({
  id: z.string(),
  username: z.string(),
  active: z.boolean(),
  held: subjectColumnSchema,
});

/** The people `u` of a condition, by name, as the rules need to know them; one statement, however many. */
async function loadPeople(tx: Tx, at: number, where: Prisma.Sql): Promise<RuledMember[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT u.id, u.username, u.active, ${subjectColumn(at)} AS held FROM users u WHERE ${where} ORDER BY u.username_key`;
  return rows.map((row) => {
    const { id, username, active, held } = rowSchema.parse(row);
    return { name: username, subject: { ...held, id, active } };
  });
}

export const peopleOf = (tx: Tx, ids: readonly string[], at: number) =>
  loadPeople(tx, at, Prisma.sql`u.id = ANY(${[...ids]}::uuid[])`);

export const membersOfOrganization = (tx: Tx, id: string, at: number) =>
  loadPeople(
    tx,
    at,
    Prisma.sql`EXISTS (SELECT 1 FROM organization_members m WHERE m.user_id = u.id AND m.organization_id = ${id}::uuid)`,
  );

export const membersOfTeam = (tx: Tx, id: string, at: number) =>
  loadPeople(
    tx,
    at,
    Prisma.sql`EXISTS (SELECT 1 FROM team_members m WHERE m.user_id = u.id AND m.team_id = ${id}::uuid)`,
  );
