import type { CompiledLimit } from "./compiled.ts";
import { scopeIds, testCondition } from "./limits.ts";
import type { AssignmentSource, Question, ResidualLimit, Subject } from "./model.ts";

const encoded = (conditions: ResidualLimit["where"]): Set<string> =>
  new Set(conditions.map((condition) => JSON.stringify(condition)));

/** Whether every resource that passes `narrow` passes `wide` too, as far as their forms show it. */
export function covers(wide: ResidualLimit, narrow: ResidualLimit): boolean {
  if (wide.scope !== "global" && wide.scope !== narrow.scope) return false;
  if (wide.scope !== "global" && !(narrow.ids ?? []).every((id) => wide.ids?.includes(id))) return false;
  const stated = encoded(narrow.where);
  return [...encoded(wide.where)].every((condition) => stated.has(condition));
}

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
    .map((condition) => condition.source);
  if (limit.scope !== "organization" && limit.scope !== "team") return { scope: limit.scope, where };
  return { scope: limit.scope, where, ids: [...new Set(scopeIds(limit.scope, assignment, subject))] };
}

/** A union of limits without those that another one covers. */
export function absorb(limits: readonly ResidualLimit[]): ResidualLimit[] {
  const kept: ResidualLimit[] = [];
  for (const limit of limits) {
    if (kept.some((wide) => covers(wide, limit))) continue;
    kept.splice(0, kept.length, ...kept.filter((narrow) => !covers(limit, narrow)), limit);
  }
  return kept;
}
