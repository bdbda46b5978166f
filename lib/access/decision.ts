import type { Condition, Limit } from "./catalogue.ts";
import type { ResidualLimit } from "./model.ts";

/** How a permission reaches a subject: assignment → role → base roles → grant, every step of it open at the instant. */
export interface Path {
  /** Id of the assignment. */
  assignment: string;
  /** Role keys: the assigned role first, the role that gives it last. */
  roles: readonly string[];
  /** The permission granted there: the asked one, or one that implies it. Absent for a superuser role, which needs no grant. */
  grant?: string | undefined;
  /** The limit of that grant on which the answer rests; absent where it is unconditional. */
  limit?: Limit | undefined;
}

/** A limit that did not pass, and the first part of it that failed. */
export interface LimitFailure extends Path {
  limit: Limit;
  failed: { scope: Limit["scope"] } | { condition: Condition };
}

/** An assignment that is not active at the instant. */
export interface Dormant {
  assignment: string;
  role: string;
  why: "before" | "after" | "closed" | "invalid";
  /** When it is active next (epoch milliseconds); absent if never again, or not within two weeks of its start. */
  begins?: number | undefined;
}

export type Grounds = { kind: "granted"; path: Path } | { kind: "limited"; paths: readonly Path[] };

/** What is nearest to an allow, in this order. */
export type Denial =
  | { kind: "unknown_permission" | "invalid_instant" | "inactive" | "no_roles" }
  | { kind: "blocked"; assignment: string; roles: readonly string[] }
  | { kind: "no_active_assignment"; dormant: readonly Dormant[]; next?: Dormant | undefined }
  | { kind: "limit_failed"; failures: readonly LimitFailure[] }
  | { kind: "excepted"; paths: readonly Path[] }
  /** `dormant`: inactive assignments of roles that would give it. */
  | { kind: "not_granted"; dormant: readonly Dormant[] };

/** The answer to a question, with machine-readable reasons (XACML's Permit and Deny; `limited` is a Permit with an obligation to filter). */
export type Decision =
  | { effect: "allow"; limits?: undefined; reason: Extract<Grounds, { kind: "granted" }> }
  | { effect: "limited"; limits: readonly ResidualLimit[]; reason: Extract<Grounds, { kind: "limited" }> }
  | { effect: "deny"; limits?: undefined; reason: Denial };
