import { invalid } from "./invalid.ts";

/** A resource or a part of one, as a client sent it. */
export type Attributes = Record<string, unknown>;

export const isAttributes = (value: unknown): value is Attributes =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** With the standard spelling of the standard's own attributes. What was written last counts. */
export function withStandardNames(sent: Attributes, names: readonly string[]): Attributes {
  const spelling = new Map(names.map((name) => [name.toLowerCase(), name]));
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [spelling.get(name.toLowerCase()) ?? name, value]),
  );
}

/** A text, or undefined for what is absent, null or empty. Anything else is refused: nothing is read as something that it is not. */
export function textOf(of: Attributes, name: string, most = 500): string | undefined {
  const value = of[name];
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value !== "string") throw invalid("invalidValue", `${name} has to be a string.`);
  if (value.length > most) throw invalid("invalidValue", `${name} has at most ${most} characters.`);
  return value;
}

/** True and false; Entra writes them as "True" and "False". */
export function flagOf(of: Attributes, name: string): boolean | undefined {
  const value = of[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "boolean") return value;
  const text = typeof value === "string" ? value.toLowerCase() : "";
  if (text === "true" || text === "false") return text === "true";
  throw invalid("invalidValue", `${name} has to be true or false.`);
}

/** The objects of a list; a single one counts as a list of one. */
export function listOf(of: Attributes, name: string): Attributes[] {
  const value = of[name];
  if (value === undefined || value === null) return [];
  const list = Array.isArray(value) ? value : [value];
  if (!list.every(isAttributes)) throw invalid("invalidValue", `${name} has to be a list of objects.`);
  return list;
}
