import { z } from "zod";
import { AppError } from "#lib/kernel/errors.ts";
import { mostFields } from "#lib/kernel/most-fields.ts";

/**
 * What reads the fields that a schema names out of a form, for the operation to call once it has admitted who asks.
 * Whatever else was sent (a role, an id, `__proto__`) is never looked at.
 * A list takes every value, a boolean is true when its box is ticked, anything else takes the one value sent.
 * A list of rows takes the fields `rows.0.name`, `rows.1.name`, and an object `hours.from`, when any of its fields was sent.
 * Each field is looked at once, and of a list no more is kept than shows that it is too long.
 */
export function formReader(schema: z.ZodObject, form: FormData): () => Record<string, unknown> {
  return () => {
    const read = newObject(schema);
    let fields = 0;
    for (const [name, value] of form) {
      fields += 1;
      if (fields > mostFields)
        throw new AppError("invalid", "too_many_fields", `A form has at most ${mostFields} fields.`);
      read.take(name, value);
    }
    return read.value() as Record<string, unknown>;
  };
}

/** Gathers one field of a schema, or one object, from the entries of a form as they come. */
interface Gathered {
  /** @param rest what follows the field's own name: empty for the field itself, `0.role` for a part of it */
  take(rest: string, value: FormDataEntryValue): void;
  value(): unknown;
}

function gather(field: z.ZodType): Gathered {
  if (field instanceof z.ZodArray) {
    const row = innermost(field.element as z.ZodType);
    return row instanceof z.ZodObject ? newRows(row, longest(field)) : newList(longest(field));
  }
  if (field instanceof z.ZodObject) return newObject(field, true);
  return field instanceof z.ZodBoolean ? newBox() : newScalar();
}

function newObject(schema: z.ZodObject, optional = false): Gathered {
  const fields = new Map<string, Gathered>();
  for (const [key, field] of Object.entries(schema.shape))
    fields.set(key, gather(innermost(field as z.ZodType)));
  let sent = !optional;
  return {
    take(rest, value) {
      const [name, inner] = parted(rest);
      if (rest !== "") sent = true;
      fields.get(name)?.take(inner, value);
    },
    value: () => (sent ? Object.fromEntries([...fields].map(([key, one]) => [key, one.value()])) : undefined),
  };
}

/** The rows in the order of their numbers, whatever order they were sent in. */
function newRows(row: z.ZodObject, most: number): Gathered {
  const rows = new Map<number, Gathered>();
  return {
    take(rest, value) {
      const [name, inner] = parted(rest);
      if (inner === "" || !/^\d{1,4}$/.test(name)) return;
      const number = Number(name);
      if (!rows.has(number) && rows.size <= most) rows.set(number, newObject(row));
      rows.get(number)?.take(inner, value);
    },
    value: () => [...rows].sort(([one], [other]) => one - other).map(([, one]) => one.value()),
  };
}

function newList(most: number): Gathered {
  const values: FormDataEntryValue[] = [];
  return {
    take(rest, value) {
      if (rest === "" && values.length <= most) values.push(value);
    },
    value: () => values,
  };
}

/** A scalar that was sent twice is refused by its schema as the list that it is. */
function newScalar(): Gathered {
  const { take, value } = newList(1);
  return {
    take,
    value: () => {
      const values = value() as unknown[];
      return values.length > 1 ? values : values[0];
    },
  };
}

function newBox(): Gathered {
  let first: FormDataEntryValue | undefined;
  return {
    take(rest, value) {
      if (rest === "") first ??= value;
    },
    value: () => first === "on" || first === "true",
  };
}

/** `a` and `b.c` of `a.b.c`. */
function parted(name: string): [first: string, rest: string] {
  const dot = name.indexOf(".");
  return dot < 0 ? [name, ""] : [name.slice(0, dot), name.slice(dot + 1)];
}

/** How many members the schema lets a list have. */
function longest(list: z.ZodArray): number {
  const limits = (list.def.checks ?? []).map(({ _zod: { def } }) =>
    "maximum" in def ? Number(def.maximum) : mostFields,
  );
  return Math.min(mostFields, ...limits);
}

/** A field without what makes it optional, gives it a default or reads it first. */
function innermost(field: z.ZodType): z.ZodType {
  if (field instanceof z.ZodPipe) return innermost(field.in as z.ZodType);
  if (field instanceof z.ZodArray || !("unwrap" in field) || typeof field.unwrap !== "function") return field;
  const inner: unknown = field.unwrap();
  return inner instanceof z.ZodType ? innermost(inner) : field;
}
