import { invalid } from "./invalid.ts";
import { urns } from "./urns.ts";

/** Where an operation of a PATCH applies: a schema's extension, an attribute, some of its elements, a part of each. */
export interface Path {
  schema: string | undefined;
  /** Absent when the whole of an extension is meant. */
  attribute: string | undefined;
  filter: string | undefined;
  sub: string | undefined;
}

const shape = /^(?:(urn:[^[\]]+):)?([A-Za-z$][\w$-]*)(?:\[(.+)\])?(?:\.([A-Za-z$][\w$-]*))?$/i;
const wholeExtension = /^urn:[^[\]]+:\d+\.\d+:[A-Za-z]+$/i;
/** Names that reach behind an object in JavaScript; no attribute is called so. */
export const unsafeNames = ["__proto__", "constructor", "prototype"];

export function parsePath(text: string): Path {
  const nothing = { attribute: undefined, filter: undefined, sub: undefined };
  if (text.length <= 1000 && wholeExtension.test(text)) return { ...nothing, schema: extension(text) };
  const found = text.length <= 1000 ? shape.exec(text) : null;
  if (!found || unsafeNames.some((name) => found[2] === name || found[4] === name))
    throw invalid("invalidPath", `This path cannot be read: ${text.slice(0, 100)}`);
  const [, schema, attribute, filter, sub] = found;
  return { schema: schema === undefined ? undefined : extension(schema), attribute, filter, sub };
}

/** The attributes of the core schemas stand in the resource itself. */
const extension = (schema: string): string | undefined =>
  [urns.user, urns.group].some((core) => core.toLowerCase() === schema.toLowerCase()) ? undefined : schema;
