import { z } from "zod";
import { subjectColumn, subjectColumnSchema } from "#lib/assignments/index.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import type { AccessAnswer } from "./answer.ts";
import { answerAccess } from "./answer-access.ts";
import { askedOf } from "./circumstances.ts";
import { heldRole } from "./held-roles.ts";
import { loadNames, placesOf } from "./names.ts";
import { userQuestionSchema } from "./schema.ts";

const originSchema = z.object({
  source: z.string(),
  givenBy: z.string().nullable(),
  reason: z.string().nullable(),
});
const rowSchema = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  active: z.boolean(),
  subject: subjectColumnSchema,
  origins: z.record(z.string(), originSchema),
});

export interface UserAccess extends AccessAnswer {
  user: { id: string; username: string; name: string; active: boolean; you: boolean };
}

/** What a user may do at an instant, each permission with the way that gives it or what is nearest. */
export const explainUserAccess = defineQuery({
  name: "explain access of user",
  needs: ["viewRoles", "viewUsers"],
  input: userQuestionSchema,
  async run({ reader, actor, at }, input): Promise<UserAccess> {
    const { id, access } = requireUser(actor);
    const asked = askedOf(input, access.catalogue.attributes, at);
    const {
      subject: stored,
      origins,
      ...user
    } = await loadHolder(reader, input.user, Math.min(at, asked.at));
    const names = await loadNames(reader, access, placesOf([stored], input));
    const subject = { ...stored, id: user.id, active: user.active };
    const shown = { access, names, at: asked.at };
    const held = subject.assignments.map((one) => heldRole(one, origins[one.id], shown));
    const who = user.name || user.username;
    const question = { access, catalogue: access.catalogue, names, subject, held, asked, who };
    const answer = await answerAccess(reader, question, input.permission);
    return { ...answer, user: { ...user, you: user.id === id } };
  },
});

/** In one statement, so that what is shown of an assignment is what was decided about. */
async function loadHolder(reader: Reader, id: string, at: number) {
  const [row] = await reader.$queryRaw<unknown[]>`
    SELECT u.id, u.username, u.name, u.active, ${subjectColumn(at)} AS subject,
      COALESCE((
        SELECT json_object_agg(a.id, json_build_object('source', a.source, 'givenBy', a.given_by, 'reason', a.reason))
        FROM assignments a WHERE a.user_id = u.id), '{}') AS origins
    FROM users u WHERE u.id = ${id}::uuid`;
  if (row) return rowSchema.parse(row);
  throw new AppError("not_found", "user_not_found", "There is no such user: they may have been deleted.");
}
