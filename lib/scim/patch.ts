import { type Filter, filter as slowMatcherOf } from "scim2-parse-filter";
import { type Attributes, isAttributes } from "./attributes.ts";
import { invalid } from "./invalid.ts";
import { type Effort, newEffort } from "./patch-effort.ts";
import { type Path, parsePath } from "./patch-path.ts";
import { effortOf, readFilter } from "./read-filter.ts";

export interface PatchOperation {
  op: "add" | "replace" | "remove";
  path?: string | undefined;
  value?: unknown;
}

interface Change {
  removes: boolean;
  value: unknown;
  effort: Effort;
}

/** An operation may name many attributes at once. */
const mostChanges = 2000;

/**
 * The resource after the operations of a PATCH, in their order; what is given stays as it is. How large it has become is
 * the caller's to judge.
 */
export function patched(resource: Attributes, operations: readonly PatchOperation[]): Attributes {
  const copy = structuredClone(resource);
  const changes = operations.reduce((sum, { value }) => sum + changesIn(value), 0);
  if (changes > mostChanges)
    throw invalid(
      "invalidValue",
      `Change at most ${mostChanges.toLocaleString("en-GB")} attributes at once.`,
    );
  const effort = newEffort();
  for (const one of structuredClone(operations)) apply(copy, one, effort);
  return copy;
}

const changesIn = (value: unknown): number => (isAttributes(value) ? Object.keys(value).length : 1);

function apply(resource: Attributes, { op, path, value }: PatchOperation, effort: Effort): void {
  if (path !== undefined) {
    applyAt(resource, op, read(path, effort), value, effort);
    return;
  }
  if (op === "remove") throw invalid("noTarget", "A remove operation needs a path.");
  if (!isAttributes(value)) throw invalid("invalidValue", "Without a path the value has to be an object.");
  // Entra and Okta write whole paths as names here: name.givenName, or a schema and an attribute.
  for (const [name, one] of Object.entries(value)) applyAt(resource, op, read(name, effort), one, effort);
}

/** Each letter of a path is dear: a filter in it is taken apart. */
function read(path: string, effort: Effort): Path {
  effort.spend(2 * path.length);
  return parsePath(path);
}

function applyAt(
  resource: Attributes,
  op: PatchOperation["op"],
  path: Path,
  value: unknown,
  effort: Effort,
): void {
  const holder = path.schema === undefined ? resource : partOf(resource, path.schema, op, effort);
  if (!holder) return;
  const name = path.attribute && (effort.nameIn(holder, path.attribute) ?? path.attribute);
  const removes = op === "remove" || value === null;
  if (name === undefined) merge(holder, op, value, effort);
  else if (path.filter !== undefined) changeMatching(holder, name, path, { removes, value, effort });
  else if (path.sub !== undefined) changeParts(holder, name, path.sub, { op, removes, value, effort });
  else if (!removes) holder[name] = combined(holder[name], value, op, effort);
  else if (op === "remove" && value !== undefined && value !== null) takeOut(holder, name, value, effort);
  else delete holder[name];
}

/** A part of an object, or of every object of a list. */
function changeParts(
  holder: Attributes,
  name: string,
  sub: string,
  { op, removes, value, effort }: Change & { op: PatchOperation["op"] },
): void {
  const present = holder[name];
  const list = Array.isArray(present) ? present : [partOf(holder, name, op, effort)];
  effort.spend(list.length);
  const parts = list.filter(isAttributes);
  effort.change(list, parts);
  for (const part of parts) setSub(part, sub, { removes, value, effort });
}

/** The object of this name, made where something is to be put into it. */
function partOf(
  holder: Attributes,
  called: string,
  op: PatchOperation["op"],
  effort: Effort,
): Attributes | undefined {
  const name = effort.nameIn(holder, called) ?? called;
  const present = holder[name];
  if (isAttributes(present)) return present;
  if (op === "remove") return undefined;
  const made: Attributes = {};
  holder[name] = made;
  return made;
}

function merge(holder: Attributes, op: PatchOperation["op"], value: unknown, effort: Effort): void {
  if (op === "remove") for (const name of Object.keys(holder)) delete holder[name];
  else if (isAttributes(value))
    for (const [name, one] of Object.entries(value))
      setSub(holder, name, { removes: one === null, value: one, effort });
  else throw invalid("invalidValue", "The value of a schema has to be an object.");
}

/** One value may become part of many objects, and is written down with each of them. */
function setSub(part: Attributes, called: string, { removes, value, effort }: Change): void {
  const name = effort.nameIn(part, called) ?? called;
  effort.weigh(value);
  if (removes) delete part[name];
  else part[name] = value;
}

/** Lists grow by what is not in them yet, objects take over what is said of them, everything else is replaced. */
function combined(present: unknown, value: unknown, op: PatchOperation["op"], effort: Effort): unknown {
  if (isAttributes(present) && isAttributes(value)) return Object.assign(present, value);
  if (op !== "add" || !Array.isArray(present)) return value;
  const known = effort.marks(present, alike);
  for (const one of Array.isArray(value) ? value : [value]) {
    const mark = effort.mark(one, alike);
    if (!known.has(mark)) present.push(one);
    known.add(mark);
  }
  return present;
}

/** What makes an element of a list the same as another: its type and value where it has one. */
const alike = (one: unknown) =>
  isAttributes(one) && typeof one.value === "string" ? [one.type ?? null, one.value] : one;
/** Entra names what goes by value, without the rest of the element. */
const named = (one: unknown) => (isAttributes(one) ? (one.value ?? one) : one);

function takeOut(holder: Attributes, name: string, value: unknown, effort: Effort): void {
  const present = holder[name];
  if (!Array.isArray(present)) {
    delete holder[name];
    return;
  }
  effort.spend(present.length);
  const gone = new Set((Array.isArray(value) ? value : [value]).map((one) => effort.mark(one, named)));
  holder[name] = present.filter((one) => !gone.has(effort.mark(one, named)));
}

function changeMatching(
  holder: Attributes,
  name: string,
  path: Path,
  { removes, value, effort }: Change,
): void {
  const filter = readFilter(path.filter ?? "", "invalidPath");
  const list = Array.isArray(holder[name]) ? holder[name] : [];
  const fits = matcherOf(filter, effort);
  const matching = list.filter((one): one is Attributes => isAttributes(one) && fits(one));
  if (removes && path.sub === undefined) {
    const gone = new Set<unknown>(matching);
    const rest = list.filter((one) => !gone.has(one));
    if (rest.length > 0) holder[name] = rest;
    else delete holder[name];
    return;
  }
  if (matching.length === 0) {
    if (removes) return;
    // Where nothing fits there is what would have: the address for work of somebody who had none.
    const made = described(filter);
    if (!made) throw invalid("noTarget", `Nothing in ${name} fits [${path.filter}].`);
    holder[name] = [...list, made];
    matching.push(made);
  }
  effort.change(list, matching);
  for (const one of matching) {
    if (path.sub !== undefined) setSub(one, path.sub, { removes, value, effort });
    else if (isAttributes(value)) {
      effort.weigh(value);
      Object.assign(one, value);
    } else throw invalid("invalidValue", `An element of ${name} has to be an object.`);
  }
}

/** What a filter fits. Members go by their value, one operation for each: that is asked without the library's search. */
function matcherOf(filter: Filter, effort: Effort): (one: Attributes) => boolean {
  const slowlyFits = slowMatcherOf(filter);
  const each = effortOf(filter);
  const fits = (one: Attributes) => {
    effort.spend(effort.weigh(one) * each);
    return slowlyFits(one);
  };
  if (filter.op !== "eq" || filter.attrPath !== "value") return fits;
  const { compValue } = filter;
  return (one) => {
    if (typeof one.value !== "string") return fits(one);
    effort.spend(1);
    return one.value === compValue;
  };
}

/** The element that a filter of equalities describes. */
function described(filter: Filter): Attributes | undefined {
  if (filter.op === "eq")
    return parsePath(filter.attrPath).sub === undefined ? { [filter.attrPath]: filter.compValue } : undefined;
  if (filter.op !== "and") return undefined;
  const parts = filter.filters.map(described);
  return parts.every((one) => one !== undefined) ? Object.assign({}, ...parts) : undefined;
}
