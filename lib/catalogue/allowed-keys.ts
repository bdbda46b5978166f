import { z } from "zod";
import type { Path } from "./locate.ts";

/** The keys that the schema allows in the mapping at `path`. */
export function allowedKeys(schema: z.core.$ZodType, path: Path): string[] {
  const shapes = path.reduce<z.core.$ZodType[]>(
    (found, segment) => found.flatMap((shape) => child(shape, segment)),
    alternatives(schema),
  );
  return [
    ...new Set(
      shapes.flatMap((shape) => {
        if (shape instanceof z.ZodObject) return Object.keys(shape.shape);
        if (shape instanceof z.ZodRecord && shape.keyType instanceof z.ZodEnum) {
          return shape.keyType.options.map(String);
        }
        return [];
      }),
    ),
  ];
}

function child(shape: z.core.$ZodType, segment: PropertyKey): z.core.$ZodType[] {
  if (shape instanceof z.ZodArray) return alternatives(shape.element);
  if (shape instanceof z.ZodObject) return alternatives(shape.shape[String(segment)]);
  return [];
}

function alternatives(schema: z.core.$ZodType | undefined): z.core.$ZodType[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(alternatives);
  if (schema instanceof z.ZodPipe) return alternatives(schema.in);
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable
  ) {
    return alternatives(schema.unwrap());
  }
  return schema ? [schema] : [];
}
