import { type Filter, parse } from "scim2-parse-filter";
import { invalid, type ScimType } from "./invalid.ts";
import { weightOf } from "./patch-effort.ts";

/** No identity provider writes more; each condition is a search of its own. */
const mostConditions = 20;

/**
 * The filter of a list or of a path.
 * @param type how RFC 7644 calls it when it cannot be read
 */
export function readFilter(text: string, type: ScimType & ("invalidFilter" | "invalidPath")): Filter {
  // The parser takes exponential time for line breaks in a quotation that never ends.
  if (text.length > 2000 || /\p{Cc}/u.test(text)) throw unreadable(type);
  let filter: Filter;
  try {
    filter = parse(text);
  } catch {
    throw unreadable(type);
  }
  if (conditionsIn(filter) > mostConditions)
    throw invalid(type, `A filter has at most ${mostConditions} conditions.`);
  return filter;
}

const unreadable = (type: ScimType) => invalid(type, "This filter cannot be read.");

/** How often an element is looked at to know whether it fits. */
function conditionsIn(filter: Filter): number {
  if (filter.op === "and" || filter.op === "or")
    return filter.filters.reduce((sum, one) => sum + conditionsIn(one), 0);
  if (filter.op === "not") return conditionsIn(filter.filter);
  return filter.op === "[]" ? 1 + conditionsIn(filter.valFilter) : 1;
}

/** What it costs to ask one value of an element, in values: names of attributes are taken apart each time. */
export function effortOf(filter: Filter): number {
  if ("filters" in filter) return filter.filters.reduce((sum, one) => sum + effortOf(one), 1);
  if ("filter" in filter) return 1 + effortOf(filter.filter);
  const own = weightOf(filter.attrPath);
  if ("valFilter" in filter) return own + effortOf(filter.valFilter);
  return "compValue" in filter ? own + weightOf(String(filter.compValue)) : own;
}
