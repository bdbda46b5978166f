import type { CompiledLimit, Policy, Prepared } from "./compiled.ts";
import type { Decision, Path } from "./decision.ts";
import { type Holding, keysOf, visitHoldings } from "./holdings.ts";
import { pathInFull } from "./in-full.ts";
import { testLimit } from "./limits.ts";
import type { Question, ResidualLimit } from "./model.ts";
import { absorb, residualOf } from "./residual.ts";

export function pathOf(policy: Policy, { assignment, trail, grant }: Holding, limit?: CompiledLimit): Path {
  const path: Path = { assignment: assignment.id, roles: keysOf(trail) };
  if (grant) path.grant = policy.keys[grant.bit];
  if (limit) path.limit = limit.source;
  return path;
}

type Allow = Extract<Decision, { effect: "allow" }>;
type Limited = Extract<Decision, { effect: "limited" }>;

/** What gives it in full if anything does, else the first limit that passes. */
export function explainAllow(prepared: Prepared, bit: number, question: Question): Allow | undefined {
  const path = pathInFull(prepared, bit, question.at) ?? pathWithinLimits(prepared, bit, question);
  return path && { effect: "allow", reason: { kind: "granted", path } };
}

function pathWithinLimits(prepared: Prepared, bit: number, question: Question): Path | undefined {
  const { policy, subject } = prepared;
  const { at, resource, action, context } = question;
  let path: Path | undefined;
  visitHoldings(prepared, bit, at, (holding) => {
    const passed = holding.grant?.limits.find(
      (limit) => testLimit(limit, holding.assignment, subject, at, resource, action, context) === "pass",
    );
    if (passed) path = pathOf(policy, holding, passed);
    return passed !== undefined;
  });
  return path;
}

/** Every limit that is still open, as paths and as one residual filter. */
export function explainLimited(prepared: Prepared, bit: number, question: Question): Limited {
  const { policy, subject } = prepared;
  const { at, action, context } = question;
  const paths: Path[] = [];
  const residual: ResidualLimit[] = [];
  visitHoldings(prepared, bit, at, (holding) => {
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
