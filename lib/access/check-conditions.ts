import type { Attribute, Catalogue, Condition } from "./catalogue.ts";
import type { Report } from "./check-catalogue.ts";
import { instantOf } from "./instants.ts";

/** Attributes of kind `choice`, and only those, list their values. */
export function checkAttributes({ attributes }: Catalogue, report: Report): void {
  attributes.forEach(({ key, kind, values }, index) => {
    const path = ["attributes", index, "values"];
    if (kind === "choice" && values.length === 0) report(path, `"${key}" is a choice; expected its values`);
    if (kind !== "choice" && values.length > 0)
      report(path, `only a choice lists values; "${key}" is of kind ${kind}`);
    if (new Set(values).size < values.length)
      report(path, `a value of "${key}" is here twice; expected each once`);
  });
}

function wrongValue({ key, kind, values }: Attribute, value: string | number): string | undefined {
  if (kind === "number" && typeof value !== "number")
    return `"${key}" is a number; ${JSON.stringify(value)} is not`;
  if (kind === "instant" && Number.isNaN(instantOf(value)))
    return `"${key}" is an instant; expected ISO 8601`;
  if (kind === "choice" && !values.includes(value as string))
    return `"${value}" is no value of "${key}"; expected one of ${values.join(", ")}`;
  if ((kind === "text" || kind === "managed") && typeof value !== "string")
    return `"${key}" is text; quote ${value}`;
  return undefined;
}

/**
 * Why a condition could never do what it says.
 * @param attribute the one that it names, if there is such a one
 */
export function conditionProblem(condition: Condition, attribute: Attribute | undefined): string | undefined {
  if (attribute === undefined) return `no attribute has the key "${condition.attribute}"`;
  const { key, kind } = attribute;
  switch (condition.test) {
    case "in":
      if (kind === "instant") return `"${key}" is an instant; expected gte, lte or withinDays`;
      return condition.values
        .map((value) => wrongValue(attribute, value))
        .find((message) => message !== undefined);
    case "inGroup":
      return kind === "managed" ? undefined : `inGroup needs managed values; "${key}" is of kind ${kind}`;
    case "withinDays":
      return kind === "instant" ? undefined : `withinDays needs an instant; "${key}" is of kind ${kind}`;
    default:
      if (kind === "text" || kind === "managed")
        return `"${key}" is of kind ${kind}, which has no order; expected the test "in"`;
      return wrongValue(attribute, condition.value);
  }
}

/** Groups are made in the console, after the catalogue was read. */
const groupProblem = ({ test, attribute }: Condition): string | undefined =>
  test === "inGroup" ? `groups of "${attribute}" are made in the console; expected the test "in"` : undefined;

/** Every condition of a limited grant looks at an attribute that exists, in a way that its kind allows. */
export function checkConditions(catalogue: Catalogue, report: Report): void {
  const attributes = new Map(catalogue.attributes.map((attribute) => [attribute.key, attribute]));
  catalogue.roles.forEach((role, index) => {
    role.grants.forEach((grant, at) => {
      grant.limits.forEach((limit, nth) => {
        limit.where.forEach((condition, place) => {
          const attribute = attributes.get(condition.attribute);
          const message = conditionProblem(condition, attribute) ?? groupProblem(condition);
          if (message) report(["roles", index, "grants", at, "limits", nth, "where", place], message);
        });
      });
    });
  });
}
