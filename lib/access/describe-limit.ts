import type { Attribute, Condition, Limit } from "./catalogue.ts";

const scopeWords = {
  global: "everywhere",
  organization: "in the user's organizations",
  team: "in the user's teams",
  personal: "what the user owns or is assigned",
} as const;

/** A limit as a person reads it: "in the user's teams · severity is high or critical · of the last 30 days". */
export function describeLimit(limit: Limit, attributes: readonly Attribute[]): string {
  const scope = limit.scope === "global" && limit.where.length > 0 ? [] : [scopeWords[limit.scope]];
  return [...scope, ...limit.where.map((condition) => describeCondition(condition, attributes))].join(" · ");
}

function describeCondition(condition: Condition, attributes: readonly Attribute[]): string {
  const label = attributes.find(({ key }) => key === condition.attribute)?.label ?? condition.attribute;
  switch (condition.test) {
    case "withinDays":
      return `${label} in the last ${condition.value} days`;
    case "gte":
      return `${label} is ${condition.value} or higher`;
    case "lte":
      return `${label} is ${condition.value} or lower`;
    case "in":
      return `${label} is ${new Intl.ListFormat("en", { type: "disjunction" }).format(condition.values.map(String))}`;
  }
}
