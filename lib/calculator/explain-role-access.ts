import { ownPlaceholder, subjectWithRoles } from "#lib/access/index.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import type { AccessAnswer } from "./answer.ts";
import { answerAccess } from "./answer-access.ts";
import { askedOf } from "./circumstances.ts";
import { heldRole } from "./held-roles.ts";
import { loadNames, placesOf } from "./names.ts";
import { roleQuestionSchema } from "./schema.ts";
import { withExpression } from "./with-expression.ts";

export interface RoleAccess extends AccessAnswer {
  /** Keys that no role has. */
  unknown: string[];
  /** What nobody can make sense of in the expression, in words; empty when all is known. */
  unknownEntries: string;
}

const list = new Intl.ListFormat("en", { type: "conjunction" });

/** What whoever holds these roles may do at an instant, whether or not anybody does. */
export const explainRoleAccess = defineQuery({
  name: "explain access of roles",
  needs: "viewRoles",
  input: roleQuestionSchema,
  async run({ reader, actor, at }, input): Promise<RoleAccess> {
    const { access: present } = requireUser(actor);
    const asked = askedOf(input, present.catalogue.attributes, at);
    const chosen = {
      access: present,
      names: await loadNames(reader, present, placesOf([], input)),
      roles: input.roles,
    };
    const { access, names, unknownEntries, ...set } = input.expression
      ? await withExpression(reader, chosen, input.expression)
      : { ...chosen, unknownEntries: "" };
    const roles = [...new Set(set.roles)];
    const known = roles.filter((role) => access.policy.roles.has(role));
    const subject = subjectWithRoles(known, {
      organizations: memberOf(input.member && input.organization),
      teams: memberOf(input.member && input.team),
      attributes: asked.subject,
    });
    const held = subject.assignments.map((one) => heldRole(one, undefined, { access, names, at: asked.at }));
    const who = `Whoever holds ${list.format(known.map(names.role)) || "no role"}`;
    const question = { access, catalogue: access.catalogue, names, subject, held, asked, who };
    const answer = await answerAccess(reader, question, input.permission);
    return { ...answer, unknown: roles.filter((role) => !access.policy.roles.has(role)), unknownEntries };
  },
});

/** They belong somewhere, so that a limit to the own team shows as a limit and not as a denial; here only if that is said. */
const memberOf = (place: string | undefined): string[] =>
  place ? [ownPlaceholder, place] : [ownPlaceholder];
