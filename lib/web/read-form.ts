import { z } from "zod";

/**
 * The fields that a schema names, out of a form. Whatever else was sent (a role, an id, `__proto__`) is never looked at.
 * A list takes every value, a boolean is true when its box is ticked, anything else takes the one value sent.
 */
export function readForm(schema: z.ZodObject, form: FormData): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    const kind = kindOf(field as z.ZodType);
    if (kind === "array") raw[name] = form.getAll(name);
    else if (kind === "boolean") raw[name] = form.get(name) === "on" || form.get(name) === "true";
    else raw[name] = single(form, name);
  }
  return raw;
}

/** A scalar that was sent twice is refused by its schema as the list that it is. */
function single(form: FormData, name: string): unknown {
  const sent = form.getAll(name);
  return sent.length > 1 ? sent : sent[0];
}

function kindOf(field: z.ZodType): string {
  const inner =
    "unwrap" in field && typeof field.unwrap === "function" && !(field instanceof z.ZodArray)
      ? field.unwrap()
      : undefined;
  return inner instanceof z.ZodType ? kindOf(inner) : field.def.type;
}

/** What was typed, to be shown again. Secrets are never sent back. */
export function formValues(form: FormData): Record<string, string | string[]> {
  const names = [...new Set(form.keys())].filter(
    (name) => !/password|token|secret|code/i.test(name) && !name.startsWith("$ACTION"),
  );
  return Object.fromEntries(
    names.map((name) => {
      const sent = form.getAll(name).filter((value) => typeof value === "string");
      return [name, sent.length === 1 ? (sent[0] as string) : sent];
    }),
  );
}
