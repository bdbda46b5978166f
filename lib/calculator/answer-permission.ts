import {
  type Decision,
  decide,
  describeLimit,
  type Limit,
  ownPlaceholder,
  type Path,
  type ResidualLimit,
} from "#lib/access/index.ts";
import type { Answer } from "./answer.ts";
import { denialWords, nearestOf } from "./denial.ts";
import type { Names } from "./names.ts";
import type { Question } from "./question.ts";
import { stepsOf, trailWords } from "./steps.ts";

/** The decision engine's answer about one permission, in words. */
export function answerPermission(permission: string, question: Question): Answer {
  const { access, subject, asked, names, who } = question;
  const { at, action, context } = asked;
  const resource = asked.resource(subject.id);
  const decision = decide(access.policy, subject, { permission, at, resource, action, context });
  const may = `${who} ${decision.effect === "deny" ? "may not" : "may"} ${names.permission(permission)}`;
  if (decision.effect === "deny") {
    const why = denialWords(decision.reason);
    const nearest = nearestOf(decision.reason, permission, question);
    const summary = nearest[0]?.words ?? `${why.charAt(0).toUpperCase()}${why.slice(1)}.`;
    const reason = decision.reason.kind;
    return { effect: "deny", reason, words: `${may}: ${why}.`, summary, limits: [], paths: [], nearest };
  }
  const limits = decision.effect === "limited" ? decision.limits.map((one) => limitWords(one, question)) : [];
  const paths = pathsOf(decision);
  return {
    effect: decision.effect,
    words: decision.effect === "limited" ? `${may}, within limits.` : `${may}.`,
    summary: waysOf(paths, names).join("; "),
    limits,
    paths: paths.map((path) => stepsOf(path, permission, question)),
    nearest: [],
  };
}

/** The ways on one line each, those that only differ in their limits as one. */
export const waysOf = (paths: readonly Path[], names: Names): string[] => [
  ...new Set(paths.map((path) => trailWords(path, names))),
];

export const pathsOf = (decision: Exclude<Decision, { effect: "deny" }>): readonly Path[] =>
  decision.effect === "allow" ? [decision.reason.path] : decision.reason.paths;

/** With the names of the organizations or teams that the limit comes down to for this subject. */
function limitWords({ scope, where, ids = [] }: ResidualLimit, { catalogue, names }: Question): string {
  const name = scope === "organization" ? names.organization : names.team;
  const called = ids.filter((id) => id !== ownPlaceholder).map(name);
  const words = (limit: Limit) => describeLimit(limit, catalogue.attributes, names.limits);
  if (called.length === 0) return words({ scope, where: [...where] });
  const place = `${words({ scope, where: [] })} (${called.join(", ")})`;
  return where.length > 0 ? `${place} · ${words({ scope: "global", where: [...where] })}` : place;
}
