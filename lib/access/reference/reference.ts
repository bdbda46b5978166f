import type { AssignmentSource, Effect, PolicySource, Question, RoleSource, Subject } from "../model.ts";
import { type Asked, type Outcome, testCondition, testScope } from "./reference-filter.ts";
import { type Answer, isActive, isInside } from "./reference-time.ts";

/**
 * docs: "Evaluation" of the access model, as slow and as plain as it reads.
 * Shares no code with the engine and is never shipped.
 */

const roleOf = (source: PolicySource, key: string): RoleSource | undefined =>
  source.roles.find((role) => role.key === key);

/** The role and all that it inherits through roles whose windows give one of these answers. */
function inherited(source: PolicySource, role: RoleSource, at: number, answers: Answer[]): Set<RoleSource> {
  const found = new Set<RoleSource>();
  const visit = (one: RoleSource) => {
    if (found.has(one)) return;
    found.add(one);
    for (const key of one.inherits) {
      const base = roleOf(source, key);
      if (base && answers.includes(isInside(base.window, at))) visit(base);
    }
  };
  visit(role);
  return found;
}

/** The permission, and every one that implies it. */
function impliers(source: PolicySource, permission: string): Set<string> {
  const found = new Set([permission]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const { key, implies } of source.permissions)
      if (implies.some((implied) => found.has(implied))) found.add(key);
  }
  return found;
}

function activeRoles(source: PolicySource, subject: Subject, at: number, answers: Answer[] = ["yes"]) {
  const active: { assignment: AssignmentSource; role: RoleSource }[] = [];
  for (const assignment of subject.assignments) {
    const role = roleOf(source, assignment.role);
    if (role && answers.includes(isActive(assignment, role.window, at))) active.push({ assignment, role });
  }
  return active;
}

export function isBlocked(source: PolicySource, subject: Subject, at: number): boolean {
  const doubtful: Answer[] = ["yes", "unknown"];
  return activeRoles(source, subject, at, doubtful).some(({ role }) =>
    [...inherited(source, role, at, doubtful)].some((one) => one.blocking),
  );
}

export function referenceDecide(source: PolicySource, subject: Subject, question: Question): Effect {
  const { permission, at } = question;
  if (!subject.active || Number.isNaN(at)) return "deny";
  if (!source.permissions.some(({ key }) => key === permission)) return "deny";
  if (isBlocked(source, subject, at)) return "deny";
  const asked: Asked = { subject, question, source };
  const outcomes: Outcome[] = [];
  for (const { assignment, role } of activeRoles(source, subject, at))
    for (const one of inherited(source, role, at, ["yes"])) {
      if (one.superuser) {
        if (!one.except.includes(permission)) outcomes.push("passes");
        continue;
      }
      for (const grant of one.grants) {
        if (!impliers(source, permission).has(grant.permission)) continue;
        if (grant.limits.length === 0) outcomes.push("passes");
        for (const limit of grant.limits) {
          const parts = [
            testScope(asked, limit.scope, assignment),
            ...limit.where.map((one) => testCondition(asked, one)),
          ];
          outcomes.push(parts.includes("fails") ? "fails" : parts.includes("later") ? "later" : "passes");
        }
      }
    }
  if (outcomes.includes("passes")) return "allow";
  return outcomes.includes("later") ? "limited" : "deny";
}

export function referenceRank(source: PolicySource, subject: Subject, at: number): number {
  return Math.max(0, ...activeRoles(source, subject, at).map(({ role }) => role.rank));
}

export function referenceApi(source: PolicySource, subject: Subject, at: number) {
  const nothing = !subject.active || isBlocked(source, subject, at);
  const access = nothing ? [] : activeRoles(source, subject, at).map(({ role }) => role.api);
  return {
    full: access.includes("full"),
    read: access.includes("full") || access.includes("read_only"),
    endpoints: [...new Set(access.flatMap((api) => (typeof api === "object" ? api.endpoints : [])))],
  };
}
