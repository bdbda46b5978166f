import { z } from "zod";
import { isSecretField } from "#lib/kernel/secret-fields.ts";

/**
 * The fields that a schema names, out of a form. Whatever else was sent (a role, an id, `__proto__`) is never looked at.
 * A list takes every value, a boolean is true when its box is ticked, anything else takes the one value sent.
 * A list of rows takes the fields `rows.0.name`, `rows.1.name`, and an object `hours.from`, when any of its fields was sent.
 */
export function readForm(schema: z.ZodObject, form: FormData, within = ""): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(schema.shape))
    raw[key] = readField(innermost(field as z.ZodType), form, within + key);
  return raw;
}

function readField(field: z.ZodType, form: FormData, name: string): unknown {
  if (field instanceof z.ZodArray) {
    const row = innermost(field.element as z.ZodType);
    if (!(row instanceof z.ZodObject)) return form.getAll(name);
    return rowsOf(form, name).map((index) => readForm(row, form, `${name}.${index}.`));
  }
  if (field instanceof z.ZodObject) {
    const sent = [...form.keys()].some((key) => key.startsWith(`${name}.`));
    return sent ? readForm(field, form, `${name}.`) : undefined;
  }
  if (field instanceof z.ZodBoolean) return form.get(name) === "on" || form.get(name) === "true";
  return single(form, name);
}

/** The numbers of the rows that were sent, in their order. */
function rowsOf(form: FormData, name: string): number[] {
  const numbers = [...form.keys()].flatMap((key) => {
    const number = key.startsWith(`${name}.`) ? /^\d{1,4}(?=\.)/.exec(key.slice(name.length + 1)) : null;
    return number ? [Number(number[0])] : [];
  });
  return [...new Set(numbers)].sort((one, other) => one - other);
}

/** A scalar that was sent twice is refused by its schema as the list that it is. */
function single(form: FormData, name: string): unknown {
  const sent = form.getAll(name);
  return sent.length > 1 ? sent : sent[0];
}

/** A field without what makes it optional, gives it a default or reads it first. */
function innermost(field: z.ZodType): z.ZodType {
  if (field instanceof z.ZodPipe) return innermost(field.in as z.ZodType);
  if (field instanceof z.ZodArray || !("unwrap" in field) || typeof field.unwrap !== "function") return field;
  const inner: unknown = field.unwrap();
  return inner instanceof z.ZodType ? innermost(inner) : field;
}

/** What was typed, to be shown again. Secrets are never sent back. */
export function formValues(form: FormData): Record<string, string | string[]> {
  const names = [...new Set(form.keys())].filter(
    (name) => !isSecretField(name) && !name.startsWith("$ACTION"),
  );
  return Object.fromEntries(
    names.map((name) => {
      const sent = form.getAll(name).filter((value) => typeof value === "string");
      return [name, sent.length === 1 ? (sent[0] as string) : sent];
    }),
  );
}
