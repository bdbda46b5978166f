import type { Attribute, Condition, Limit, Scope } from "#lib/access/index.ts";
import type { Dice } from "./dice.ts";

/** In full. */
const everywhere: Limit = { scope: "global", where: [] };

export const isEverywhere = ({ scope, where }: Limit): boolean => scope === "global" && where.length === 0;

/** A grant without limits gives in full. */
export const asLimits = (limits: readonly Limit[]): readonly Limit[] =>
  limits.length === 0 ? [everywhere] : limits;

/** Does everything that passes the narrow limit pass the wide one? */
export const isNarrower = (attributes: readonly Attribute[], narrow: Limit, wide: Limit): boolean =>
  (wide.scope === "global" || wide.scope === narrow.scope) &&
  wide.where.every((outer) => narrow.where.some((inner) => implies(attributes, inner, outer)));

function implies(attributes: readonly Attribute[], inner: Condition, outer: Condition): boolean {
  if (inner.attribute !== outer.attribute || inner.test !== outer.test) return false;
  if (!("value" in inner) || !("value" in outer)) return false;
  const values = attributes.find(({ key }) => key === inner.attribute)?.values ?? [];
  const place = (value: string | number) => (typeof value === "number" ? value : values.indexOf(value));
  return place(inner.value) <= place(outer.value);
}

/** What a changed grant gives that it did not give: undefined for nothing, no limits for in full. */
export function widened(
  attributes: readonly Attribute[],
  before: readonly Limit[] | undefined,
  after: readonly Limit[],
): readonly Limit[] | undefined {
  if (before === undefined) return after;
  const given = asLimits(after).filter(
    (limit) => !asLimits(before).some((wide) => isNarrower(attributes, limit, wide)),
  );
  return given.length > 0 ? given : undefined;
}

const unknown: Condition = { attribute: "colour", test: "in", values: ["red"] };
export const isUnknown = ({ where }: Limit): boolean =>
  where.some(({ attribute }) => attribute === unknown.attribute);

/** At most so severe, of so many days: what can be compared with another of its kind. */
function someConditions(dice: Dice, attributes: readonly Attribute[]): Condition[] {
  return dice.some(attributes, 0.4).flatMap(({ key, kind, values }): Condition[] => {
    if (kind === "choice") return [{ attribute: key, test: "lte", value: dice.pick(values) }];
    return kind === "instant" ? [{ attribute: key, test: "withinDays", value: dice.pick([7, 30, 90]) }] : [];
  });
}

const scopes: readonly Scope[] = ["personal", "team", "organization", "global"];

export function someLimits(dice: Dice, attributes: readonly Attribute[]): Limit[] {
  if (dice.chance(0.08)) return [{ scope: "global", where: [unknown] }];
  const count = dice.below(3);
  return Array.from({ length: count }, () => ({
    scope: dice.pick(scopes),
    where: someConditions(dice, attributes),
  })).filter((limit) => !isEverywhere(limit));
}
