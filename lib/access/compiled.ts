import type { Bits } from "./bits.ts";
import type { ApiAccess, Attribute, Condition, Limit, Scope, Window } from "./catalogue.ts";
import type { Path } from "./decision.ts";
import type { AssignmentSource, AttributeValue, Subject } from "./model.ts";

export interface CompiledCondition {
  source: Condition;
  of: Attribute["of"];
  /** False for a test that nothing can pass: an unknown attribute, an order that its kind does not have. */
  possible: boolean;
  /** Of a group test: who is in one of the groups at present. */
  members?: readonly string[] | undefined;
  matches(value: AttributeValue, at: number): boolean;
}

/** What conditions speak of: attributes by key, and each attribute's groups by theirs. */
export interface Vocabulary {
  attributes: ReadonlyMap<string, Attribute>;
  groups: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

export interface CompiledLimit {
  source: Limit;
  scope: Scope;
  where: readonly CompiledCondition[];
}

/** A role's own grant; without limits it is unconditional. */
export interface CompiledGrant {
  bit: number;
  limits: readonly CompiledLimit[];
}

export interface CompiledRole {
  index: number;
  key: string;
  rank: number;
  api: ApiAccess;
  window: Window | undefined;
  blocking: boolean;
  /** What a superuser role holds: everything but its excepted permissions. */
  superuser: Bits | undefined;
  grants: readonly CompiledGrant[];
  bases: readonly CompiledRole[];
  /** From here on: of the role and of all that it inherits without a role window in between. */
  full: Bits;
  partial: Bits;
  limits: ReadonlyMap<number, readonly CompiledLimit[]>;
  blocks: boolean;
  /** The nearest inherited roles with a window of their own, to be asked at the instant of a check. */
  gated: readonly CompiledRole[];
  /** Worked out when first asked for. */
  known: KnownOfRole;
}

interface KnownOfRole {
  /** Own grants by the permissions that they reach. */
  grants?: ReadonlyMap<number, readonly CompiledGrant[]>;
  /** All that the role can ever give. */
  possible?: Bits;
  /** How it gives a permission in full, where no window decides that. */
  ways?: Map<number, Way>;
}

/** How a role gives a permission: the part of a path that all its holders share. */
export type Way = Pick<Path, "roles" | "grant">;

/** An assignment with its role. */
export interface Held {
  assignment: AssignmentSource;
  role: CompiledRole;
}

/** A subject laid out for checks: what of it no clock, resource or context can change. */
export interface Prepared {
  policy: Policy;
  subject: Subject;
  /** The assignments of roles that there are. */
  held: readonly Held[];
  /** Whether some of them count at certain times only. */
  timed: boolean;
  /** Held in full at every instant. */
  always: Bits;
  /** Held at some instant, in full or limited. */
  possible: Bits;
  /** Whether a blocking role is among those held, now or at another hour. */
  mayBlock: boolean;
}

/** Roles already met in one walk, without allocating: a role is marked by the number of the walk. */
export interface Walk {
  marks: Uint32Array;
  number: number;
}

/** A compiled access model. Immutable but for its scratch space; compile a new one when a role or permission changes. */
export interface Policy {
  keys: readonly string[];
  bitOf: ReadonlyMap<string, number>;
  /** Per permission that implies others: all of them, transitively, without itself. */
  implied: ReadonlyMap<number, readonly number[]>;
  roles: ReadonlyMap<string, CompiledRole>;
  vocabulary: Vocabulary;
  /** Whether any role blocks, so that most catalogues skip the question. */
  blocking: boolean;
  /** Whether any superuser role has exceptions. */
  excepting: boolean;
  walk: Walk;
  /** Every subject that was asked about, for as long as it lives. */
  prepared: WeakMap<Subject, Prepared>;
}

export function startWalk(walk: Walk, from: CompiledRole): void {
  walk.number = (walk.number + 1) >>> 0;
  if (walk.number === 0) {
    walk.marks.fill(0);
    walk.number = 1;
  }
  walk.marks[from.index] = walk.number;
}

/** Whether the walk meets this role for the first time. */
export function enters(walk: Walk, role: CompiledRole): boolean {
  if (walk.marks[role.index] === walk.number) return false;
  walk.marks[role.index] = walk.number;
  return true;
}

/** A role and every windowed role that it inherits, which together hold all that it can ever give. */
export function gatedParts(role: CompiledRole): ReadonlySet<CompiledRole> {
  const parts = new Set([role]);
  for (const part of parts) for (const base of part.gated) parts.add(base);
  return parts;
}
