import type { Filter } from "scim2-parse-filter";
import { z } from "zod";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { Prisma } from "#prisma";
import { invalid } from "./invalid.ts";
import { readFilter } from "./read-filter.ts";
import { urns } from "./urns.ts";

type Value = boolean | null | number | string;
/** How one attribute is compared; undefined leaves it to the next. */
type Comparison = (path: string, value: Value) => Prisma.Sql | undefined;

const nothing = Prisma.sql`FALSE`;
const asText = (value: Value) => (typeof value === "string" ? value : undefined);
const keyOf = (value: Value) => normaliseKey(String(value));

/** An id is a UUID or nobody's: never a number, never another id that happens to look alike. */
const sameId = (column: Prisma.Sql, value: Value) =>
  z.uuid().safeParse(value).success ? Prisma.sql`${column} = ${String(value)}::uuid` : nothing;

const compareUser: Comparison = (path, value) => {
  switch (path.toLowerCase()) {
    case "id":
      return sameId(Prisma.sql`s.user_id`, value);
    case "externalid":
      return asText(value) === undefined ? nothing : Prisma.sql`s.external_id = ${value}`;
    case "username":
      return Prisma.sql`s.user_name_key = ${keyOf(value)}`;
    case "active":
      return typeof value === "boolean" || /^(true|false)$/i.test(String(value))
        ? Prisma.sql`u.active = ${String(value).toLowerCase() === "true"}`
        : nothing;
    case "emails":
    case "emails.value":
      return Prisma.sql`s.email_keys @> ARRAY[${keyOf(value)}]`;
    default:
      return sameInside(Prisma.sql`s.resource`, path, value);
  }
};

const compareGroup: Comparison = (path, value) => {
  switch (path.toLowerCase()) {
    case "id":
      return sameId(Prisma.sql`g.id`, value);
    case "externalid":
      return asText(value) === undefined ? nothing : Prisma.sql`g.external_id = ${value}`;
    case "displayname":
      return Prisma.sql`g.name_key = ${keyOf(value)}`;
    case "members":
    case "members.value":
      return Prisma.sql`EXISTS (
        SELECT FROM scim_group_members m WHERE m.group_id = g.id AND ${sameId(Prisma.sql`m.user_id`, value)})`;
    default:
      return undefined;
  }
};

/** What a filter asks of users `s`, or of groups `g`. Okta and Entra write equalities and `and`, and so may others. */
export const userFilter = (text: string): Prisma.Sql =>
  conditionOf(readFilter(text, "invalidFilter"), compareUser);
export const groupFilter = (text: string): Prisma.Sql =>
  conditionOf(readFilter(text, "invalidFilter"), compareGroup);

function conditionOf(filter: Filter, compare: Comparison): Prisma.Sql {
  if (filter.op === "and")
    return Prisma.join(
      wholeElements(filter.filters).map((one) => Prisma.sql`(${conditionOf(one, compare)})`),
      " AND ",
    );
  if (filter.op === "eq") {
    const found = compare(withoutCore(filter.attrPath), filter.compValue);
    if (found) return found;
    throw invalid("invalidFilter", `Nothing is looked up by ${filter.attrPath} here.`);
  }
  if (filter.op === "[]") return elementCondition(filter.attrPath, filter.valFilter, compare);
  throw invalid("invalidFilter", `"${filter.op}" is not supported here: use eq and and.`);
}

/**
 * `emails[type eq "work"].value eq "a"` comes out of the parser as two conditions, which two elements could fulfil.
 * The second goes back into the brackets.
 */
function wholeElements(filters: readonly Filter[]): Filter[] {
  const [first, second] = filters;
  if (filters.length !== 2 || first?.op !== "[]" || second?.op !== "eq") return [...filters];
  const prefix = `${first.attrPath}.`;
  if (!second.attrPath.startsWith(prefix)) return [...filters];
  const inside = { ...second, attrPath: second.attrPath.slice(prefix.length) };
  return [{ ...first, valFilter: { op: "and", filters: [first.valFilter, inside] } }];
}

function elementCondition(attribute: string, filter: Filter, compare: Comparison): Prisma.Sql {
  if (compare === compareGroup) {
    if (filter.op === "eq")
      return conditionOf({ ...filter, attrPath: `${attribute}.${filter.attrPath}` }, compare);
    throw invalid("invalidFilter", "Groups are looked up by one member at a time.");
  }
  const inElement: Comparison = (path, value) => sameInside(Prisma.sql`element`, path, value);
  const whole = Prisma.sql`EXISTS (
    SELECT FROM jsonb_path_query(s.resource, ${jsonPath(withoutCore(attribute))}::jsonpath) element
    WHERE ${conditionOf(filter, inElement)})`;
  // An index finds the few who have the address at all.
  const address = attribute.toLowerCase() === "emails" ? valueIn(filter) : undefined;
  return address === undefined ? whole : Prisma.sql`s.email_keys @> ARRAY[${keyOf(address)}] AND ${whole}`;
}

function valueIn(filter: Filter): Value | undefined {
  if (filter.op === "eq") return filter.attrPath.toLowerCase() === "value" ? filter.compValue : undefined;
  return filter.op === "and" ? filter.filters.map(valueIn).find((one) => one !== undefined) : undefined;
}

/** Compared in any case, and as any element where the attribute is a list. */
function sameInside(json: Prisma.Sql, path: string, value: Value): Prisma.Sql {
  const text = String(value).toLowerCase();
  return Prisma.sql`EXISTS (
    SELECT FROM jsonb_path_query(${json}, ${jsonPath(path)}::jsonpath) found WHERE lower(found #>> '{}') = ${text})`;
}

/** `name.familyName`, or a schema's name with an attribute behind it. */
function jsonPath(path: string): string {
  const cut = path.lastIndexOf(":");
  const names = [...(cut > 0 ? [path.slice(0, cut)] : []), ...path.slice(cut + 1).split(".")];
  return `$.${names.map((name) => JSON.stringify(name)).join(".")}[*]`;
}

/** The attributes of the core schemas may be written with the schema before them. */
function withoutCore(path: string): string {
  const core = [urns.user, urns.group].find((one) => path.toLowerCase().startsWith(`${one.toLowerCase()}:`));
  return core ? path.slice(core.length + 1) : path;
}
