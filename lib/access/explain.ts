import type { CompiledLimit, Policy } from "./compiled.ts";
import type { Decision, Path } from "./decision.ts";
import { type Holding, keysOf, visitHoldings } from "./holdings.ts";
import { testLimit } from "./limits.ts";
import type { Question, ResidualLimit, Subject } from "./model.ts";
import { absorb, residualOf } from "./residual.ts";

export function pathOf(policy: Policy, { assignment, trail, grant }: Holding, limit?: CompiledLimit): Path {
  const path: Path = { assignment: assignment.id, roles: keysOf(trail) };
  if (grant) path.grant = policy.keys[grant.bit];
  if (limit) path.limit = limit.source;
  return path;
}

type Allow = Extract<Decision, { effect: "allow" }>;
type Limited = Extract<Decision, { effect: "limited" }>;

/** An unconditional holding if there is one, else the first limit that passes. */
export function explainAllow(
  policy: Policy,
  subject: Subject,
  bit: number,
  question: Question,
): Allow | undefined {
  const { at, resource, action, context } = question;
  let path: Path | undefined;
  visitHoldings(policy, subject, bit, at, (holding) => {
    const limits = holding.grant?.limits ?? [];
    if (limits.length === 0) {
      path = pathOf(policy, holding);
      return true;
    }
    if (path) return false;
    const passed = limits.find(
      (limit) => testLimit(limit, holding.assignment, subject, at, resource, action, context) === "pass",
    );
    if (passed) path = pathOf(policy, holding, passed);
    return false;
  });
  return path && { effect: "allow", reason: { kind: "granted", path } };
}

/** Every limit that is still open, as paths and as one residual filter. */
export function explainLimited(policy: Policy, subject: Subject, bit: number, question: Question): Limited {
  const { at, action, context } = question;
  const paths: Path[] = [];
  const residual: ResidualLimit[] = [];
  visitHoldings(policy, subject, bit, at, (holding) => {
    for (const limit of holding.grant?.limits ?? []) {
      if (testLimit(limit, holding.assignment, subject, at, undefined, action, context) !== "open") continue;
      paths.push(pathOf(policy, holding, limit));
      residual.push(residualOf(limit, holding.assignment, subject, question));
    }
    return false;
  });
  return {
    effect: "limited",
    limits: absorb(residual, policy.vocabulary),
    reason: { kind: "limited", paths },
  };
}
