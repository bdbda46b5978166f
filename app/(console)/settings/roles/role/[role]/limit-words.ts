import { describeLimit, type Limit, type LimitNames } from "#lib/access/index.ts";
import type { EditedAttribute } from "#lib/roles/index.ts";

export const namesOf = (attributes: readonly EditedAttribute[]): LimitNames => {
  const label = (list: "known" | "groups") => (attribute: string, key: string) =>
    attributes.find((one) => one.key === attribute)?.[list]?.find((one) => one.key === key)?.label;
  return { value: label("known"), group: label("groups") };
};

/** "Only Severity is high or critical · in the user's teams"; several limits are one each. */
export const limitsInWords = (limits: readonly Limit[], attributes: readonly EditedAttribute[]): string[] =>
  limits.map((limit) => describeLimit(limit, attributes, namesOf(attributes)));
