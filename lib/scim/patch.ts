import { type Filter, filter as matcherOf, parse } from "scim2-parse-filter";
import { type Attributes, isAttributes, ownName } from "./attributes.ts";
import { invalid } from "./invalid.ts";
import { type Path, parsePath } from "./patch-path.ts";

export interface PatchOperation {
  op: "add" | "replace" | "remove";
  path?: string | undefined;
  value?: unknown;
}

/** The resource after the operations of a PATCH, in their order; the one that is given stays as it is. */
export function patched(resource: Attributes, operations: readonly PatchOperation[]): Attributes {
  const copy = structuredClone(resource);
  for (const one of operations) apply(copy, one);
  return copy;
}

function apply(resource: Attributes, { op, path, value }: PatchOperation): void {
  if (path !== undefined) {
    applyAt(resource, op, parsePath(path), value);
    return;
  }
  if (op === "remove") throw invalid("noTarget", "A remove operation needs a path.");
  if (!isAttributes(value)) throw invalid("invalidValue", "Without a path the value has to be an object.");
  // Entra and Okta write whole paths as names here: name.givenName, or a schema and an attribute.
  for (const [name, one] of Object.entries(value)) applyAt(resource, op, parsePath(name), one);
}

function applyAt(resource: Attributes, op: PatchOperation["op"], path: Path, value: unknown): void {
  const holder = path.schema === undefined ? resource : partOf(resource, path.schema, op);
  if (!holder) return;
  const name = path.attribute && (ownName(holder, path.attribute) ?? path.attribute);
  const removes = op === "remove" || value === null;
  if (name === undefined) merge(holder, op, value);
  else if (path.filter !== undefined) changeMatching(holder, name, path, removes, value);
  else if (path.sub !== undefined) changeParts(holder, name, path.sub, { op, removes, value });
  else if (!removes) holder[name] = combined(holder[name], value, op);
  else if (op === "remove" && value !== undefined && value !== null) takeOut(holder, name, value);
  else delete holder[name];
}

/** A part of an object, or of every object of a list. */
function changeParts(
  holder: Attributes,
  name: string,
  sub: string,
  { op, removes, value }: { op: PatchOperation["op"]; removes: boolean; value: unknown },
): void {
  const present = holder[name];
  const parts = Array.isArray(present) ? present : [partOf(holder, name, op)];
  for (const part of parts.filter(isAttributes)) setSub(part, sub, removes, value);
}

/** The object of this name, made where something is to be put into it. */
function partOf(holder: Attributes, called: string, op: PatchOperation["op"]): Attributes | undefined {
  const name = ownName(holder, called) ?? called;
  const present = holder[name];
  if (isAttributes(present)) return present;
  if (op === "remove") return undefined;
  const made: Attributes = {};
  holder[name] = made;
  return made;
}

function merge(holder: Attributes, op: PatchOperation["op"], value: unknown): void {
  if (op === "remove") for (const name of Object.keys(holder)) delete holder[name];
  else if (isAttributes(value))
    for (const [name, one] of Object.entries(value)) setSub(holder, name, one === null, one);
  else throw invalid("invalidValue", "The value of a schema has to be an object.");
}

function setSub(part: Attributes, called: string, removes: boolean, value: unknown): void {
  const name = ownName(part, called) ?? called;
  if (removes) delete part[name];
  else part[name] = value;
}

/** Lists grow by what is not in them yet, objects take over what is said of them, everything else is replaced. */
function combined(present: unknown, value: unknown, op: PatchOperation["op"]): unknown {
  if (isAttributes(present) && isAttributes(value)) return { ...present, ...value };
  if (op !== "add" || !Array.isArray(present)) return value;
  const known = new Set(present.map(markOf));
  const more = (Array.isArray(value) ? value : [value]).filter((one) => !known.has(markOf(one)));
  return [...present, ...more];
}

/** What makes an element of a list the same as another: its type and value where it has one. */
const markOf = (one: unknown): string =>
  isAttributes(one) && typeof one.value === "string"
    ? JSON.stringify([one.type ?? null, one.value])
    : JSON.stringify(one);

/** Entra names what goes by value, without the rest of the element. */
function takeOut(holder: Attributes, name: string, value: unknown): void {
  const present = holder[name];
  const mark = (one: unknown) => JSON.stringify(isAttributes(one) ? (one.value ?? one) : one);
  const gone = new Set((Array.isArray(value) ? value : [value]).map(mark));
  if (Array.isArray(present)) holder[name] = present.filter((one) => !gone.has(mark(one)));
  else delete holder[name];
}

function changeMatching(
  holder: Attributes,
  name: string,
  path: Path,
  removes: boolean,
  value: unknown,
): void {
  const filter = filterIn(path.filter ?? "");
  const list = Array.isArray(holder[name]) ? holder[name] : [];
  const fits = matcherOf(filter);
  const matching = list.filter((one) => isAttributes(one) && fits(one)) as Attributes[];
  if (removes && path.sub === undefined) {
    const rest = list.filter((one) => !matching.includes(one));
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
  for (const one of matching) {
    if (path.sub !== undefined) setSub(one, path.sub, removes, value);
    else if (isAttributes(value)) Object.assign(one, value);
    else throw invalid("invalidValue", `An element of ${name} has to be an object.`);
  }
}

function filterIn(text: string): Filter {
  try {
    return parse(text);
  } catch {
    throw invalid("invalidPath", `This filter cannot be read: ${text}`);
  }
}

/** The element that a filter of equalities describes. */
function described(filter: Filter): Attributes | undefined {
  if (filter.op === "eq")
    return parsePath(filter.attrPath).sub === undefined ? { [filter.attrPath]: filter.compValue } : undefined;
  if (filter.op !== "and") return undefined;
  const parts = filter.filters.map(described);
  return parts.every((one) => one !== undefined) ? Object.assign({}, ...parts) : undefined;
}
