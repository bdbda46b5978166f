import { activity } from "./activity.ts";
import { isBlocked } from "./blocked.ts";
import type { Limit, Window } from "./catalogue.ts";
import { compileLimit } from "./compile-limits.ts";
import type { Policy } from "./compiled.ts";
import { isInstant } from "./instants.ts";
import { testLimit } from "./limits.ts";
import type { AssignmentSource, Subject } from "./model.ts";
import { wholeLimit } from "./residual.ts";
import {
  everywhere,
  type Part,
  partsAtMost,
  partsBySteps,
  type Share,
  shareCovers,
  sharesOf,
} from "./shares.ts";
import { windowState } from "./windows.ts";

/** To whom a role is given, and how. */
export interface Giving {
  /** The recipient. Without one (a default, an edited role) it could be anybody, and limits compare by their form alone. */
  subject?: Pick<Subject, "organizations" | "teams"> | undefined;
  /** The assignment that would be made; without an end or a window, it is for ever and at all hours. */
  assignment?: Omit<Partial<AssignmentSource>, "id" | "role"> | undefined;
}

/**
 * The permissions that a role gives, now or at any time, and that the subject does not hold at least as widely:
 * everywhere that the recipient would reach, and for as long. docs/decisions/013 says why.
 * Empty means that the subject may hand the role on (Kubernetes' rule for roles and bindings).
 * @param at epoch milliseconds: when the subject's own rights are looked at
 * @returns permission keys in the policy's order; every permission for an unknown role
 */
export function beyond(
  policy: Policy,
  subject: Subject,
  roleKey: string,
  at: number,
  giving: Giving = {},
): string[] {
  const role = policy.roles.get(roleKey);
  if (role === undefined) return [...policy.keys];
  if (role.blocks) return [];
  const own = holdsOf(policy, subject, at);
  const parts = partsAtMost(role);
  const { assignment = {} } = giving;
  return policy.keys.filter((_, bit) => {
    const given = parts.flatMap((part) => sharesOf(part, bit, assignment, giving.subject));
    return !given.every((share) => isHeld(policy, subject, own, bit, share, at));
  });
}

/**
 * The same question for single grants, before they are stored: each with all that it implies.
 * @param window the role's into which they are put
 */
export function beyondGrants(
  policy: Policy,
  subject: Subject,
  grants: readonly { permission: string; limits: readonly Limit[] }[],
  at: number,
  window?: Window,
): string[] {
  const own = holdsOf(policy, subject, at);
  const exceeded = new Set<string>();
  for (const { permission, limits } of grants) {
    const windows = window ? [window] : [];
    const given: Share[] = limits.map((limit) => ({
      limit: wholeLimit(compileLimit(limit, policy.vocabulary), {}, undefined),
      windows,
    }));
    if (given.length === 0) given.push({ limit: everywhere, windows });
    for (const key of withImplied(policy, permission)) {
      const bit = policy.bitOf.get(key) ?? -1;
      if (!given.every((share) => isHeld(policy, subject, own, bit, share, at))) exceeded.add(key);
    }
  }
  return [...exceeded];
}

/** A permission and all that come with it. */
export function withImplied(policy: Policy, permission: string): string[] {
  const implied = policy.implied.get(policy.bitOf.get(permission) ?? -1) ?? [];
  return [permission, ...implied.map((bit) => policy.keys[bit] as string)];
}

interface Hold extends Part {
  assignment: AssignmentSource;
}

/** The parts of roles that are open for the subject now. */
export function holdsOf(policy: Policy, subject: Subject, at: number): Hold[] {
  if (subject.active !== true || !isInstant(at) || isBlocked(policy, subject, at)) return [];
  return subject.assignments.flatMap((assignment) => {
    const role = policy.roles.get(assignment.role);
    if (role === undefined || activity(assignment, role.window, at) !== "active") return [];
    return partsBySteps(role)
      .filter(({ windows }) => windows.every((window) => windowState(window, at) === "open"))
      .map((part) => ({ ...part, assignment }));
  });
}

/** Whether one of the subject's holds gives all of a share. */
export function isHeld(
  policy: Policy,
  subject: Subject,
  own: readonly Hold[],
  bit: number,
  given: Share,
  at: number,
): boolean {
  // Where nobody knows whom the given scope reaches, nobody's own reach matters, only that it is not narrowed.
  const holder = given.limit.ids && subject;
  return own.some((hold) =>
    sharesOf(
      hold,
      bit,
      hold.assignment,
      holder,
      (limit) => testLimit(limit, hold.assignment, subject, at, undefined, undefined, undefined) !== "fail",
    ).some((share) => shareCovers(share, given, at, policy.vocabulary)),
  );
}
