import type { Attribute, Condition, Limit } from "./catalogue.ts";

/** What people call managed values and groups; a key stands for itself where there is no name. */
export interface LimitNames {
  value?(attribute: string, key: string): string | undefined;
  group?(attribute: string, key: string): string | undefined;
}

const scopeWords = {
  global: "everywhere",
  organization: "in the user's organizations",
  team: "in the user's teams",
  personal: "what the user owns or is assigned",
} as const;

/** A limit as a person reads it: "in the user's teams · severity is high or critical · of the last 30 days". */
export function describeLimit(
  limit: Limit,
  attributes: readonly Attribute[],
  names: LimitNames = {},
): string {
  const scope = limit.scope === "global" && limit.where.length > 0 ? [] : [scopeWords[limit.scope]];
  return [...scope, ...limit.where.map((condition) => describeCondition(condition, attributes, names))].join(
    " · ",
  );
}

const anyOf = (words: readonly string[]) => new Intl.ListFormat("en", { type: "disjunction" }).format(words);

function describeCondition(
  condition: Condition,
  attributes: readonly Attribute[],
  names: LimitNames,
): string {
  const key = condition.attribute;
  const label = attributes.find((attribute) => attribute.key === key)?.label ?? key;
  switch (condition.test) {
    case "withinDays":
      return `${label} in the last ${condition.value} days`;
    case "gte":
      return `${label} is ${condition.value} or higher`;
    case "lte":
      return `${label} is ${condition.value} or lower`;
    case "inGroup":
      return `${label} in the group ${anyOf(condition.values.map((group) => names.group?.(key, group) ?? group))}`;
    case "in":
      return `${label} is ${anyOf(condition.values.map((value) => names.value?.(key, String(value)) ?? String(value)))}`;
  }
}
