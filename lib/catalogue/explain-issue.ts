import type { z } from "zod";
import { nearest } from "#lib/access/index.ts";
import { allowedKeys } from "./allowed-keys.ts";
import type { Path } from "./locate.ts";

type Issue = z.core.$ZodIssue;

export interface Explanation {
  path: Path;
  message: string;
}

/** What the schema expected and what the file holds, in words for somebody who has never seen a schema. */
export function explainIssue(issue: Issue, schema: z.core.$ZodType, data: unknown): Explanation[] {
  const { path } = issue;
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const branch = meantBranch(issue.errors);
    if (branch) {
      return branch.flatMap((inner) =>
        explainIssue({ ...inner, path: [...path, ...inner.path] }, schema, data),
      );
    }
    const expected = issue.errors.flatMap((errors) => errors.map(expectationOf)).join(", or ");
    return [{ path, message: `expected ${expected}, found ${inWords(valueAt(data, path))}` }];
  }
  if (issue.code === "unrecognized_keys") {
    const known = allowedKeys(schema, path);
    return issue.keys.map((unknown) => ({ path: [...path, unknown], message: unknownKey(unknown, known) }));
  }
  const found = valueAt(data, path);
  return [
    { path, message: `expected ${expectationOf(issue)}, found ${inWords(found)}${hint(issue, found)}` },
  ];
}

function unknownKey(unknown: string, known: readonly string[]): string {
  const meant = nearest(unknown, known);
  return `expected one of the keys ${known.join(", ")}, found "${unknown}"${meant ? ` (did you mean ${meant}?)` : ""}`;
}

function hint(issue: Issue, found: unknown): string {
  if (issue.code !== "invalid_value" || typeof found !== "string") return "";
  const meant = nearest(found, issue.values.map(String));
  return meant ? ` (did you mean ${meant}?)` : "";
}

/** Of the shapes that a union allows, the one whose outer shape fits: its inner problems are the useful ones. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const fitting = branches.filter((issues) =>
    issues.every((issue) => issue.path.length > 0 || issue.code === "unrecognized_keys"),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

const typeNames: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping of keys to values",
  record: "a mapping of keys to values",
};

const countedNames: Record<string, readonly [one: string, many: string]> = {
  array: ["entry", "entries"],
  string: ["character", "characters"],
};

function counted(limit: number | bigint, origin: string): string {
  const names = countedNames[origin];
  return names ? `${limit} ${names[Number(limit) === 1 ? 0 : 1]}` : String(limit);
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? `the word ${String(values[0])}` : `one of ${values.map(String).join(", ")}`;
}

function expectationOf(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return typeNames[issue.expected] ?? issue.expected;
    case "invalid_value":
      return oneOf(issue.values);
    case "invalid_union":
      return "options" in issue && Array.isArray(issue.options) ? oneOf(issue.options) : issue.message;
    case "too_small":
      return `${issue.inclusive ? "at least" : "more than"} ${counted(issue.minimum, issue.origin)}`;
    case "too_big":
      return `${issue.inclusive ? "at most" : "less than"} ${counted(issue.maximum, issue.origin)}`;
    case "invalid_format":
      return issue.message.startsWith("Invalid")
        ? `text of the form ${issue.pattern ?? issue.format}`
        : issue.message;
    default:
      return issue.message;
  }
}

function inWords(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a mapping";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const segment of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, segment)?.value;
  }
  return value;
}
