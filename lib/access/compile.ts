import { type Bits, newBits, setBit } from "./bits.ts";
import { closeRole } from "./close-role.ts";
import { compileLimit } from "./compile-limits.ts";
import type { CompiledGrant, CompiledRole, Policy, Vocabulary } from "./compiled.ts";
import { closeImplications } from "./implications.ts";
import type { PolicySource, RoleSource } from "./model.ts";

type Keys = ReadonlyMap<string, number>;

function byKey<T extends { key: string }>(items: readonly T[]): Map<string, T> {
  const found = new Map<string, T>();
  for (const item of items) if (!found.has(item.key)) found.set(item.key, item);
  return found;
}

function allBut(except: readonly string[], bitOf: Keys): Bits {
  const bits = newBits(bitOf.size);
  const excepted = new Set(except);
  for (const [key, bit] of bitOf) if (!excepted.has(key)) setBit(bits, bit);
  return bits;
}

function vocabularyOf({ attributes, groups }: PolicySource): Vocabulary {
  const known = new Map<string, Map<string, readonly string[]>>();
  for (const { attribute, key, members } of groups ?? []) {
    const ofAttribute = known.get(attribute) ?? new Map<string, readonly string[]>();
    if (!ofAttribute.has(key)) ofAttribute.set(key, members);
    known.set(attribute, ofAttribute);
  }
  return { attributes: byKey(attributes), groups: known };
}

/** A superuser role's own stored grants count for nothing: it holds all but the excepted, "whatever is stored". */
function ownGrants(role: RoleSource, bitOf: Keys, vocabulary: Vocabulary): CompiledGrant[] {
  const grants: CompiledGrant[] = [];
  for (const { permission, limits } of role.superuser ? [] : role.grants) {
    const bit = bitOf.get(permission);
    if (bit === undefined) continue;
    const unlimited = limits.some((limit) => limit.scope === "global" && limit.where.length === 0);
    grants.push({ bit, limits: unlimited ? [] : limits.map((limit) => compileLimit(limit, vocabulary)) });
  }
  return grants;
}

export function newRole(
  source: RoleSource,
  index: number,
  bitOf: Keys,
  vocabulary: Vocabulary,
): CompiledRole {
  return {
    index,
    key: source.key,
    rank: source.rank,
    api: source.api,
    window: source.window,
    blocking: source.blocking,
    superuser: source.superuser ? allBut(source.except, bitOf) : undefined,
    grants: ownGrants(source, bitOf, vocabulary),
    bases: [],
    full: newBits(bitOf.size),
    partial: newBits(bitOf.size),
    limits: new Map(),
    blocks: false,
    gated: [],
    known: {},
  };
}

export const basesOf = ({ inherits }: RoleSource, roles: ReadonlyMap<string, CompiledRole>): CompiledRole[] =>
  [...new Set(inherits)].map((key) => roles.get(key)).filter((base) => base !== undefined);

/**
 * Lays an access model out for checks: permissions become bit positions, roles become closed bit sets of their
 * unconditional grants and sparse lists of their limited ones (the role hierarchy of ANSI INCITS 359, general case).
 * @param source present permissions, roles and attributes; keys that refer to nothing are ignored, of two equal keys the first counts
 * @returns a policy for `check`, `decide` and their kin; never throws, also on inheritance cycles (whose roles then share everything)
 */
export function compile(source: PolicySource): Policy {
  const keys = [...byKey(source.permissions).keys()];
  const bitOf = new Map(keys.map((key, bit) => [key, bit]));
  const implied = closeImplications(source.permissions, bitOf);
  const vocabulary = vocabularyOf(source);
  const sources = [...byKey(source.roles).values()];
  const roles = new Map(sources.map((role, index) => [role.key, newRole(role, index, bitOf, vocabulary)]));
  for (const role of sources) (roles.get(role.key) as CompiledRole).bases = basesOf(role, roles);
  for (const role of roles.values()) closeRole(role, implied);
  const blocking = sources.some((role) => role.blocking);
  const walk = { marks: new Uint32Array(roles.size), number: 0 };
  const excepting = sources.some((role) => role.superuser && role.except.length > 0);
  return { keys, bitOf, implied, roles, vocabulary, blocking, excepting, walk, prepared: new WeakMap() };
}
