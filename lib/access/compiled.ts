import type { Bits } from "./bits.ts";
import type { ApiAccess, Attribute, Condition, Limit, Scope, Window } from "./catalogue.ts";
import type { AttributeValue } from "./model.ts";

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
  /** The same by what each reaches; made when somebody asks why. */
  grantsByBit: ReadonlyMap<number, readonly CompiledGrant[]> | undefined;
  bases: readonly CompiledRole[];
  /** From here on: of the role and of all that it inherits without a role window in between. */
  full: Bits;
  partial: Bits;
  limits: ReadonlyMap<number, readonly CompiledLimit[]>;
  blocks: boolean;
  /** The nearest inherited roles with a window of their own, to be asked at the instant of a check. */
  gated: readonly CompiledRole[];
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
