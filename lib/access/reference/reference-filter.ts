import type { Attribute, Condition, Limit } from "../catalogue.ts";
import type {
  AssignmentSource,
  Attributes,
  PolicySource,
  Question,
  ResidualCondition,
  ResidualLimit,
  Subject,
} from "../model.ts";

export interface Asked {
  subject: Subject;
  question: Question;
  source: PolicySource;
}

/** `later`: it depends on a resource, action or context that the question leaves open. */
export type Outcome = "passes" | "fails" | "later";

const instant = (value: unknown) => (typeof value === "number" ? value : Date.parse(String(value)));

function compare(attribute: Attribute, a: unknown, b: unknown): number | undefined {
  if (attribute.kind === "number") return typeof a === "number" && typeof b === "number" ? a - b : undefined;
  if (attribute.kind === "instant") return Array.isArray(a) ? undefined : instant(a) - instant(b);
  if (
    attribute.kind !== "choice" ||
    !attribute.values.includes(a as string) ||
    !attribute.values.includes(b as string)
  )
    return undefined;
  return attribute.values.indexOf(a as string) - attribute.values.indexOf(b as string);
}

/** Who is in one of the groups; of two groups with the same name the first counts. */
function members({ source }: Asked, attribute: string, keys: readonly string[]): string[] {
  return keys.flatMap(
    (key) =>
      source.groups?.find((group) => group.attribute === attribute && group.key === key)?.members ?? [],
  );
}

/** A test of groups is a test of values, over those that are managed. */
function withoutGroups(asked: Asked, attribute: Attribute, condition: Condition): Condition {
  if (condition.test !== "inGroup") return condition;
  const values = attribute.kind === "managed" ? members(asked, attribute.key, condition.values) : [];
  return { attribute: attribute.key, test: "in", values };
}

function matches(attribute: Attribute, condition: Condition, value: unknown, at: number): boolean {
  if (condition.test === "inGroup") return false;
  if (condition.test === "in")
    return condition.values.some((one) => [value].flat().some((given) => given === one));
  if (condition.test === "withinDays") {
    if (attribute.kind !== "instant" || Array.isArray(value)) return false;
    const age = at - instant(value);
    return age >= 0 && age <= condition.value * 24 * 60 * 60 * 1000;
  }
  const order = compare(attribute, value, condition.value);
  if (order === undefined || Number.isNaN(order)) return false;
  return condition.test === "gte" ? order >= 0 : order <= 0;
}

function canMatch(attribute: Attribute, condition: Condition): boolean {
  if (condition.test === "inGroup") return false;
  if (condition.test === "in") return condition.values.length > 0;
  if (condition.test === "withinDays") return attribute.kind === "instant";
  return compare(attribute, condition.value, condition.value) === 0;
}

export function testCondition(asked: Asked, stated: Condition): Outcome {
  const { subject, question, source } = asked;
  const attribute = source.attributes.find(({ key }) => key === stated.attribute);
  const condition = attribute && withoutGroups(asked, attribute, stated);
  if (attribute === undefined || condition === undefined || !canMatch(attribute, condition)) return "fails";
  const { resource, action, context } = question;
  const missing = { subject: false, resource: !resource, action: !action, context: !context }[attribute.of];
  if (missing && !resource) return "later";
  const holders = {
    subject: subject.attributes,
    resource: resource?.attributes,
    action: action?.attributes,
    context,
  } satisfies Record<Attribute["of"], Attributes | undefined>;
  const value = new Map(Object.entries(holders[attribute.of] ?? {})).get(attribute.key);
  return value !== undefined && matches(attribute, condition, value, question.at) ? "passes" : "fails";
}

export function testScope(asked: Asked, scope: Limit["scope"], assignment: AssignmentSource): Outcome {
  const { subject, question } = asked;
  const { resource } = question;
  if (scope === "global") return "passes";
  if (scope === "personal") {
    if (!resource) return "later";
    return resource.owner === subject.id || resource.assignees?.includes(subject.id) ? "passes" : "fails";
  }
  const ids = (subject[`${scope}s`] ?? []).filter(
    (id) => assignment[scope] === undefined || assignment[scope] === id,
  );
  if (!resource) return ids.length > 0 ? "later" : "fails";
  return ids.some((id) => id === resource[scope]) ? "passes" : "fails";
}

/** What a host that knows no groups asks instead. */
const asValues = (condition: ResidualCondition): Condition =>
  "members" in condition
    ? { attribute: condition.attribute, test: "in", values: [...condition.members] }
    : condition;

/** Whether a residual filter lets the resource of a question through. */
export function accepts(asked: Asked, limits: readonly ResidualLimit[]): boolean {
  return limits.some(({ scope, ids, where }) => {
    const { resource } = asked.question;
    const scoped =
      scope === "organization" || scope === "team"
        ? ids?.some((id) => id === resource?.[scope])
        : testScope(asked, scope, { id: "", role: "" }) === "passes";
    return scoped && where.every((condition) => testCondition(asked, asValues(condition)) === "passes");
  });
}
