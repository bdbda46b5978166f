import type { Condition, Limit } from "#lib/access/index.ts";
import { asLimits, tidied } from "./access-level.ts";
import { isSame } from "./role-draft.ts";

/** Which managed values a whole role reaches: all, selected ones, or groups of them. */
export type ManagedRule = { kind: "all" } | { kind: "in" | "inGroup"; values: string[] } | { kind: "mixed" };

type Grants = Readonly<Record<string, Limit[]>>;

/** What a role-wide rule is about: a right over the console itself has no data source. */
export const ruledKeys = (grants: Grants, guarding: readonly string[]): string[] =>
  Object.keys(grants).filter((key) => !guarding.includes(key));

/** What the role's grants have in common. `mixed`: each has its own. */
export function ruleOf(attribute: string, grants: Grants, guarding: readonly string[]): ManagedRule {
  const rules = ruledKeys(grants, guarding).flatMap((key) =>
    asLimits(grants[key] ?? []).map(({ where }) => ruleIn(attribute, where)),
  );
  const [first = { kind: "all" }, ...others] = rules;
  return others.every((rule) => isSame(rule, first)) ? first : { kind: "mixed" };
}

function ruleIn(attribute: string, where: readonly Condition[]): ManagedRule {
  const [only, ...more] = where.filter((condition) => condition.attribute === attribute);
  if (!only) return { kind: "all" };
  if (more.length > 0 || (only.test !== "in" && only.test !== "inGroup")) return { kind: "mixed" };
  return { kind: only.test, values: only.values.map(String) };
}

/** The limits of one grant with this rule instead of whatever they said of the attribute. */
export function withRule(attribute: string, rule: ManagedRule, limits: readonly Limit[]): Limit[] {
  if (rule.kind === "mixed") return [...limits];
  const condition: Condition[] =
    rule.kind === "all" ? [] : [{ attribute, test: rule.kind, values: rule.values }];
  return tidied(
    asLimits(limits).map(({ scope, where }) => ({
      scope,
      where: [...condition, ...where.filter((one) => one.attribute !== attribute)],
    })),
  );
}
