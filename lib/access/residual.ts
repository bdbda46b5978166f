import type { CompiledCondition, CompiledLimit, Vocabulary } from "./compiled.ts";
import { covers } from "./covers.ts";
import { scopeIds, testCondition } from "./limits.ts";
import type { AssignmentSource, Question, ResidualCondition, ResidualLimit, Subject } from "./model.ts";

const asResidual = ({ source, members }: CompiledCondition) =>
  (members ? { ...source, members } : source) as ResidualCondition;

/**
 * What is left of a limit that stays open without a resource: the ids that its scope reaches,
 * and the conditions that the question could not settle yet.
 */
export function residualOf(
  limit: CompiledLimit,
  assignment: AssignmentSource,
  subject: Subject,
  { at, action, context }: Question,
): ResidualLimit {
  const where = limit.where
    .filter((condition) => testCondition(condition, subject, at, undefined, action, context) === "open")
    .map(asResidual);
  if (limit.scope !== "organization" && limit.scope !== "team") return { scope: limit.scope, where };
  return { scope: limit.scope, where, ids: [...new Set(scopeIds(limit.scope, assignment, subject))] };
}

/**
 * All of a limit, with nothing settled yet.
 * @param subject without one, the ids that a scope reaches are unknown, unless the assignment names the one
 */
export function wholeLimit(
  { scope, where }: CompiledLimit,
  assignment: Partial<AssignmentSource>,
  subject: Partial<Subject> | undefined,
): ResidualLimit {
  const limit = { scope, where: where.map(asResidual) };
  if (scope !== "organization" && scope !== "team") return limit;
  const only = scope === "organization" ? assignment.organization : assignment.team;
  if (subject) return { ...limit, ids: scopeIds(scope, assignment, subject) };
  return only == null ? limit : { ...limit, ids: [only] };
}

/** A union of limits without those that another one covers. */
export function absorb(limits: readonly ResidualLimit[], vocabulary: Vocabulary): ResidualLimit[] {
  const kept: ResidualLimit[] = [];
  for (const limit of limits) {
    if (kept.some((wide) => covers(wide, limit, vocabulary))) continue;
    kept.splice(0, kept.length, ...kept.filter((narrow) => !covers(limit, narrow, vocabulary)), limit);
  }
  return kept;
}
