import { apiReach, redundant, rolesThatCouldGive } from "#lib/access/index.ts";
import type { Reader } from "#lib/kernel/database.ts";
import type { AccessAnswer, ApiAnswer, GroupAnswer } from "./answer.ts";
import { answerPermission } from "./answer-permission.ts";
import { loadGroups } from "./permission-groups.ts";
import type { Question } from "./question.ts";

/** Answers about one permission, or about every one. */
export async function answerAccess(
  reader: Reader,
  question: Question,
  permission: string | undefined,
): Promise<AccessAnswer> {
  const { access, subject, asked, held } = question;
  const groups = await loadGroups(reader, question.catalogue);
  const shared = {
    at: new Date(asked.at),
    held: [...held],
    api: apiWords(question),
    redundant: redundantRoles(question),
    aboutResource: asked.resource(subject.id) !== undefined,
  };
  if (permission !== undefined) {
    const known = groups.flatMap((group) => group.permissions).find(({ key }) => key === permission);
    const unknown = { key: permission, label: permission, description: "", dangerous: false };
    const roles = rolesThatCouldGive(access.policy, permission);
    return {
      ...shared,
      groups: [],
      permission: {
        ...(known ?? unknown),
        answer: answerPermission(permission, question),
        roles: roles.map((key) => ({ key, label: question.names.role(key) })),
      },
    };
  }
  const answered = groups.map(({ permissions, ...group }): GroupAnswer => {
    const answers = permissions.map((one) => ({ ...one, answer: answerPermission(one.key, question) }));
    return {
      ...group,
      held: answers.filter(({ answer }) => answer.effect !== "deny").length,
      permissions: answers,
    };
  });
  return { ...shared, groups: answered };
}

function redundantRoles({ access, subject, asked, held }: Question): AccessAnswer["redundant"] {
  const label = (assignment: string) => held.find(({ id }) => id === assignment)?.label ?? assignment;
  return redundant(access.policy, subject, asked.at).map(({ assignment, because }) => ({
    assignment,
    label: label(assignment),
    because: because.map(label),
  }));
}

function apiWords({ access, subject, asked }: Question): ApiAnswer {
  const reach = apiReach(access.policy, subject, asked.at);
  if (reach.full) return { words: "Full: every call that the permissions allow", endpoints: [] };
  const endpoints = [...reach.endpoints];
  if (reach.read && endpoints.length > 0) return { words: "Read-only, and these calls", endpoints };
  if (reach.read) return { words: "Read-only", endpoints };
  return endpoints.length > 0 ? { words: "These calls only", endpoints } : { words: "None", endpoints };
}
