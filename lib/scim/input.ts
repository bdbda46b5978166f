import { z } from "zod";
import type { Attributes } from "./attributes.ts";
import { invalid } from "./invalid.ts";
import { unsafeNames } from "./patch-path.ts";
import { deepest, mostValues, tooDeep, tooMany } from "./read-request.ts";

/** Twice the members of the largest group. */
const mostElements = 2000;
const mostNames = 500;
/** What one resource may take: a photo's address fits, a photo does not. */
const longest = 64 * 1024;

/** Why this cannot be a resource, or a part of one. */
function problemOf(value: unknown, depth = 0, counted = { values: 0 }): string | undefined {
  counted.values += 1;
  if (counted.values > mostValues) return tooMany;
  if (typeof value === "string") return plain(value) ? undefined : "Use plain text only.";
  if (typeof value !== "object" || value === null) return undefined;
  if (depth >= deepest) return tooDeep;
  const entries = Object.entries(value);
  if (Array.isArray(value) && value.length > mostElements)
    return `A list has at most ${mostElements.toLocaleString("en-GB")} elements.`;
  if (!Array.isArray(value) && entries.length > mostNames) return `Send at most ${mostNames} attributes.`;
  for (const [name, one] of entries) {
    if (unsafeNames.includes(name)) return `No attribute is called ${name}.`;
    const problem = plain(name) ? problemOf(one, depth + 1, counted) : "Use plain text only.";
    if (problem) return problem;
  }
  return undefined;
}

/** What PostgreSQL can store. */
const plain = (text: string) => !text.includes("\0") && text.isWellFormed();

function refuseOdd(value: unknown, context: z.RefinementCtx): void {
  const message = problemOf(value);
  if (message) context.addIssue({ code: "custom", message });
}

/** As a client sent it. What it means is the operation's to find out. */
export const resourceSchema = z
  .custom<Attributes>(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
    "Send an object.",
  )
  .superRefine(refuseOdd);

export const userResourceSchema = resourceSchema.refine(
  // What is nested too deeply to be written is refused already.
  (value) => problemOf(value) !== undefined || Buffer.byteLength(JSON.stringify(value)) <= longest,
  "A user takes at most 64 KiB.",
);

/** A PATCH makes no resource that could not have been sent as a whole. */
export function provePatched(schema: typeof resourceSchema, patched: Attributes): Attributes {
  const proven = schema.safeParse(patched);
  if (proven.success) return proven.data;
  throw invalid("invalidValue", proven.error.issues[0]?.message ?? "This change cannot be stored.");
}

const operationSchema = z.object({
  op: z
    .string("Every operation needs an op.")
    .transform((op) => op.toLowerCase())
    .pipe(z.enum(["add", "replace", "remove"], "An op is add, replace or remove.")),
  path: z
    .string()
    .nullish()
    .transform((path) => path || undefined),
  value: z.unknown().optional(),
});

/** A PATCH. Okta writes its operations in lower case, Entra with a capital. */
const patchSchema = z.object({
  kind: z.literal("patch"),
  operations: z
    .array(operationSchema, "Operations has to be a list.")
    .min(1, "There is no operation.")
    .max(1000, "Send at most 1,000 operations at once.")
    .superRefine(refuseOdd),
});

/** A whole new description (PUT), or changes to the present one (PATCH). */
const changeOf = (schema: typeof resourceSchema) =>
  z.discriminatedUnion("kind", [z.object({ kind: z.literal("put"), resource: schema }), patchSchema]);
export const userChangeSchema = changeOf(userResourceSchema);
export const groupChangeSchema = changeOf(resourceSchema);

/** An id that is no UUID names nobody: it is looked up like any other and not found. */
export const idSchema = z
  .string()
  .transform((id) => (z.uuid().safeParse(id).success ? id.toLowerCase() : undefined));

export const listSchema = z.object({
  filter: z.string().max(2000, "A filter has at most 2,000 characters.").optional(),
  /** From 1. */
  startIndex: z
    .number()
    .int()
    .default(1)
    .transform((index) => Math.max(1, Math.min(index, 2_000_000_000))),
  count: z
    .number()
    .int()
    .default(100)
    .transform((count) => Math.max(0, Math.min(count, mostAtOnce))),
});
export const mostAtOnce = 100;
