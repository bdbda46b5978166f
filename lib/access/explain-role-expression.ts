import type { Limit } from "./catalogue.ts";
import { compile } from "./compile.ts";
import type { Policy } from "./compiled.ts";
import { covers } from "./covers.ts";
import { givenBy } from "./given-by.ts";
import type { PolicySource, RoleSource } from "./model.ts";
import type { KnownEntry, RoleExpression, UnknownEntry } from "./role-expression.ts";

/** Permissions with what limits them, now or at any time; no limits means in full. */
export type Given = ReadonlyMap<string, readonly Limit[]>;

export interface ExplainedEntry extends KnownEntry {
  /** All that it gives by itself, implied permissions included. */
  gives: Given;
  /** The permissions that the entries before it do not give as widely. */
  adds: string[];
  /** Takes every right away, whatever the others give. */
  blocks: boolean;
}

export interface ExplainedExpression {
  entries: ExplainedEntry[];
  unknown: UnknownEntry[];
  /** What a user with this expression has: nothing beside an unknown entry or a blocking one. */
  rights: Given;
}

/**
 * What each entry of an expression brings.
 * @param source the access model whose roles and permissions the expression names
 */
export function explainRoleExpression(expression: RoleExpression, source: PolicySource): ExplainedExpression {
  const policy = compile({ ...source, roles: [...source.roles, ...expression.known.map(asRole)] });
  const rights = new Map<string, readonly Limit[]>();
  const entries = expression.known.map((entry): ExplainedEntry => {
    const key = asRole(entry).key;
    const gives = givenBy(policy, key);
    const adds = [...gives].filter(([one, limits]) => !isWithin(policy, limits, rights.get(one)));
    for (const [one, limits] of adds) rights.set(one, union(limits, rights.get(one)));
    return {
      ...entry,
      gives,
      adds: adds.map(([one]) => one),
      blocks: policy.roles.get(key)?.blocks ?? false,
    };
  });
  const nothing = expression.unknown.length > 0 || entries.some(({ blocks }) => blocks);
  return { entries, unknown: expression.unknown, rights: nothing ? new Map() : inOrder(policy, rights) };
}

/** An entry as a role of its own; a space keeps its key apart from every other. */
function asRole({ key, position, permissions }: KnownEntry): RoleSource {
  return {
    key: `entry ${position}`,
    rank: 0,
    superuser: false,
    except: [],
    blocking: false,
    inherits: permissions ? [] : [key],
    grants: (permissions ?? []).map((permission) => ({ permission, limits: [] })),
    api: "full",
  };
}

const union = (limits: readonly Limit[], known: readonly Limit[] | undefined): readonly Limit[] =>
  limits.length === 0 || known === undefined ? limits : [...known, ...limits];

function isWithin(policy: Policy, limits: readonly Limit[], known: readonly Limit[] | undefined): boolean {
  if (known === undefined) return false;
  if (known.length === 0 || limits.length === 0) return known.length === 0;
  return limits.every((limit) => known.some((wide) => covers(wide, limit, policy.vocabulary)));
}

const inOrder = (policy: Policy, rights: Given): Given =>
  new Map(policy.keys.flatMap((key) => (rights.has(key) ? [[key, rights.get(key) ?? []] as const] : [])));
