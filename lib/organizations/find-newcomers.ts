import { z } from "zod";
import { subjectColumn, subjectColumnSchema } from "#lib/assignments/index.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { searchWords, wordCondition } from "#lib/listing/index.ts";
import { Prisma } from "#prisma";
import { findPlace } from "./find-place.ts";
import { addingRefusal } from "./rules.ts";
import { findNewcomersSchema } from "./schema.ts";

const shownAtOnce = 20;

const rowSchema = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  active: z.boolean(),
  held: subjectColumnSchema,
});

export interface Newcomer {
  id: string;
  username: string;
  name: string;
  /** Why they cannot be added, in the words of the rule; absent when they can. */
  why: string | undefined;
}

/** People who match and are not there yet, the first few by name: whom one might add. */
export const findNewcomers = defineQuery({
  name: "find people to add",
  needs: "manageOrganizations",
  input: findNewcomersSchema,
  async run({ reader, actor, at }, input): Promise<{ people: Newcomer[]; more: boolean }> {
    const place = await findPlace(reader, input);
    const there = place.team
      ? Prisma.sql`SELECT 1 FROM team_members m WHERE m.user_id = u.id AND m.team_id = ${place.team.id}::uuid`
      : Prisma.sql`SELECT 1 FROM organization_members m
          WHERE m.user_id = u.id AND m.organization_id = ${place.organization.id}::uuid`;
    const words = searchWords(input.q).map(wordCondition);
    const rows = await reader.$queryRaw<unknown[]>`
      SELECT u.id, u.username, u.name, u.active, ${subjectColumn(at)} AS held FROM users u
      WHERE ${Prisma.join([Prisma.sql`NOT EXISTS (${there})`, ...words], " AND ")}
      ORDER BY u.username_key LIMIT ${shownAtOnce + 1}`;
    const people = rows.slice(0, shownAtOnce).map((row) => {
      const { held, id, username, name, active } = rowSchema.parse(row);
      const subject = { ...held, id, active };
      const why = addingRefusal(actor, { name: username, subject }, place, at)?.message;
      return { id, username, name, why };
    });
    return { people, more: rows.length > shownAtOnce };
  },
});
