import { z } from "zod";
import { defineQuery } from "#lib/kernel/operation.ts";
import { searchWords, wordCondition } from "#lib/listing/index.ts";
import { Prisma } from "#prisma";
import { findPeopleSchema } from "./schema.ts";

const foundSchema = z.object({ id: z.string(), username: z.string(), name: z.string(), active: z.boolean() });
export type FoundPerson = z.infer<typeof foundSchema>;

const most = 8;

/** The first few people whose username, name or email has every word. */
export const findPeople = defineQuery({
  name: "find people",
  needs: "viewUsers",
  input: findPeopleSchema,
  async run({ reader }, { q }): Promise<FoundPerson[]> {
    const words = searchWords(q);
    if (words.length === 0) return [];
    const rows = await reader.$queryRaw<unknown[]>`
      SELECT u.id, u.username, u.name, u.active FROM users u
      WHERE ${Prisma.join(words.map(wordCondition), " AND ")} ORDER BY u.username_key LIMIT ${most}`;
    return rows.map((row) => foundSchema.parse(row));
  },
});
