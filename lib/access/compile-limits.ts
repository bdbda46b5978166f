import type { Attribute, Condition, Limit } from "./catalogue.ts";
import type { CompiledCondition, CompiledLimit, Vocabulary } from "./compiled.ts";
import { dayLength, instantOf } from "./instants.ts";
import type { AttributeValue, GroupCondition } from "./model.ts";

type Test = CompiledCondition["matches"];

/** A value's place in the attribute's order; NaN where there is none. */
export function placeOf(attribute: Attribute, value: unknown): number {
  if (attribute.kind === "number") return typeof value === "number" ? value : Number.NaN;
  if (attribute.kind === "instant") return instantOf(value);
  const place = attribute.kind === "choice" ? attribute.values.indexOf(value as string) : -1;
  return place < 0 ? Number.NaN : place;
}

function oneOf(values: readonly (string | number)[]): Test | undefined {
  const allowed: ReadonlySet<unknown> = new Set(values.filter((value) => !Number.isNaN(value)));
  if (allowed.size === 0) return undefined;
  return (value) => {
    if (!Array.isArray(value)) return allowed.has(value);
    for (const one of value) if (allowed.has(one)) return true;
    return false;
  };
}

function compared(
  attribute: Attribute,
  condition: Extract<Condition, { test: "gte" | "lte" }>,
): Test | undefined {
  const bound = placeOf(attribute, condition.value);
  if (Number.isNaN(bound)) return undefined;
  return condition.test === "gte"
    ? (value) => placeOf(attribute, value) >= bound
    : (value) => placeOf(attribute, value) <= bound;
}

function recent(attribute: Attribute, days: number): Test | undefined {
  if (attribute.kind !== "instant" || !(days > 0)) return undefined;
  return (value: AttributeValue, at: number) => {
    const instant = instantOf(value);
    return instant <= at && instant >= at - days * dayLength;
  };
}

function testOf(attribute: Attribute, condition: Condition, members: readonly string[]): Test | undefined {
  switch (condition.test) {
    case "inGroup":
      return oneOf(members);
    case "in":
      return oneOf(condition.values);
    case "gte":
    case "lte":
      return compared(attribute, condition);
    case "withinDays":
      return recent(attribute, condition.value);
    default:
      return undefined;
  }
}

/** Only managed values have groups; an unknown group has no members. */
function membersOf({ attribute, values }: GroupCondition, { attributes, groups }: Vocabulary): string[] {
  if (attributes.get(attribute)?.kind !== "managed") return [];
  const known = groups.get(attribute);
  return [...new Set(values.flatMap((key) => known?.get(key) ?? []))];
}

const never: Test = () => false;

/** An unknown attribute, test or group, or an order that the attribute does not have, makes a test that nothing passes. */
export function compileLimit(limit: Limit, vocabulary: Vocabulary): CompiledLimit {
  const where = limit.where.map((source): CompiledCondition => {
    const attribute = vocabulary.attributes.get(source.attribute);
    const members = source.test === "inGroup" ? membersOf(source, vocabulary) : undefined;
    const matches = attribute && testOf(attribute, source, members ?? []);
    return {
      source,
      of: attribute?.of ?? "resource",
      possible: matches !== undefined,
      matches: matches ?? never,
      ...(members && { members }),
    };
  });
  return { source: limit, scope: limit.scope, where };
}
