import type { Scope } from "./catalogue.ts";
import type { CompiledCondition, CompiledLimit } from "./compiled.ts";
import type { AssignmentSource, Attributes, Question, Resource, Subject } from "./model.ts";

/** `open`: depends on a resource that was not named. */
export type Verdict = "pass" | "fail" | "open";

type Action = Question["action"];

/** Which of the subject's organizations or teams a scope reaches: all of them, or the one that the assignment names. */
export function scopeIds(
  scope: Scope,
  assignment: Partial<AssignmentSource>,
  subject: Partial<Subject>,
): readonly string[] {
  const own = (scope === "organization" ? subject.organizations : subject.teams) ?? [];
  const only = scope === "organization" ? assignment.organization : assignment.team;
  if (only == null) return own;
  return own.includes(only) ? [only] : [];
}

function isMember(
  own: readonly string[] | undefined,
  only: string | undefined,
  id: string | undefined,
): boolean {
  return id != null && own?.includes(id) === true && (only == null || only === id);
}

function isPossible(own: readonly string[] | undefined, only: string | undefined): boolean {
  return own != null && (only == null ? own.length > 0 : own.includes(only));
}

export function testScope(
  scope: Scope,
  assignment: AssignmentSource,
  subject: Subject,
  resource: Resource | undefined,
): Verdict {
  if (scope === "global") return "pass";
  if (scope === "personal") {
    if (subject.id === "") return "fail";
    if (resource == null) return "open";
    return resource.owner === subject.id || resource.assignees?.includes(subject.id) ? "pass" : "fail";
  }
  const organization = scope === "organization";
  if (!organization && scope !== "team") return "fail";
  const own = organization ? subject.organizations : subject.teams;
  const only = organization ? assignment.organization : assignment.team;
  if (resource == null) return isPossible(own, only) ? "open" : "fail";
  return isMember(own, only, organization ? resource.organization : resource.team) ? "pass" : "fail";
}

/** What is not part of the question stays open; once a resource is named, everything that is missing fails. */
export function testCondition(
  condition: CompiledCondition,
  subject: Subject,
  at: number,
  resource: Resource | undefined,
  action: Action,
  context: Attributes | undefined,
): Verdict {
  if (!condition.possible) return "fail";
  let attributes: Attributes | undefined;
  if (condition.of === "subject") attributes = subject.attributes;
  else {
    const given = condition.of === "resource" ? resource : condition.of === "action" ? action : context;
    if (given == null && resource == null) return "open";
    attributes =
      condition.of === "context"
        ? context
        : condition.of === "action"
          ? action?.attributes
          : resource?.attributes;
  }
  if (attributes == null || !Object.hasOwn(attributes, condition.source.attribute)) return "fail";
  const value = attributes[condition.source.attribute];
  return value != null && condition.matches(value, at) ? "pass" : "fail";
}

/** Scope and every condition must pass: one failure fails the limit, else one open part leaves it open. */
export function testLimit(
  limit: CompiledLimit,
  assignment: AssignmentSource,
  subject: Subject,
  at: number,
  resource: Resource | undefined,
  action: Action,
  context: Attributes | undefined,
): Verdict {
  let verdict = testScope(limit.scope, assignment, subject, resource);
  if (verdict === "fail") return "fail";
  for (const condition of limit.where) {
    const one = testCondition(condition, subject, at, resource, action, context);
    if (one === "fail") return "fail";
    if (one === "open") verdict = "open";
  }
  return verdict;
}
