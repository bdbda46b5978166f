import type { Attribute } from "./catalogue.ts";
import { placeOf } from "./compile-limits.ts";
import type { Vocabulary } from "./compiled.ts";
import type { GroupCondition, ResidualCondition, ResidualLimit } from "./model.ts";

type Values = readonly (string | number)[];

/** NaN is a value that nothing equals. */
const isSubset = (narrow: Values, wide: Values): boolean =>
  narrow.every((value) => Number.isNaN(value) || wide.includes(value));

/** The groups' members where they are known, as of now; a group named in both stays covered whoever joins it. */
const presentMembers = (condition: GroupCondition & { members?: Values }): Values => condition.members ?? [];

function isBeyondBound(
  attribute: Attribute | undefined,
  narrow: string | number,
  wide: string | number,
  test: "gte" | "lte",
): boolean {
  if (attribute === undefined) return false;
  const [inner, outer] = [placeOf(attribute, narrow), placeOf(attribute, wide)];
  return test === "gte" ? inner >= outer : inner <= outer;
}

/** Whether every value that passes `narrow` passes `wide`, at any instant. A value may be a list, of which any member counts. */
function conditionCovers(
  wide: ResidualCondition,
  narrow: ResidualCondition,
  vocabulary: Vocabulary,
): boolean {
  if (wide.attribute !== narrow.attribute) return false;
  if (wide.test === "inGroup") {
    if (narrow.test === "inGroup") return isSubset(narrow.values, wide.values);
    return narrow.test === "in" && isSubset(narrow.values, presentMembers(wide));
  }
  // What is a member of a group today may be another tomorrow, so a list never covers a group.
  if (wide.test === "in") return narrow.test === "in" && isSubset(narrow.values, wide.values);
  if (wide.test === "withinDays") return narrow.test === "withinDays" && narrow.value <= wide.value;
  return (
    narrow.test === wide.test &&
    isBeyondBound(vocabulary.attributes.get(wide.attribute), narrow.value, wide.value, wide.test)
  );
}

/** Without ids a scope reaches whatever its holder belongs to, whoever that is. */
function isWithin(wide: readonly string[] | undefined, narrow: readonly string[] | undefined): boolean {
  if (narrow === undefined) return wide === undefined;
  return narrow.every((id) => wide?.includes(id));
}

/**
 * Whether every resource that passes `narrow` passes `wide` too.
 * A yes is certain; a no may also mean that the two forms cannot be compared (a list beside a bound, two conditions that only together imply a third).
 * @param vocabulary the policy's: bounds compare by the order of the attribute
 */
export function covers(wide: ResidualLimit, narrow: ResidualLimit, vocabulary: Vocabulary): boolean {
  if (wide.scope !== "global" && wide.scope !== narrow.scope) return false;
  if (wide.scope !== "global" && !isWithin(wide.ids, narrow.ids)) return false;
  return wide.where.every((outer) => narrow.where.some((inner) => conditionCovers(outer, inner, vocabulary)));
}
