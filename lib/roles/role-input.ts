import { z } from "zod";
import { apiAccessSchema, limitSchema, windowSchema } from "#lib/access/index.ts";
import { readJson } from "#lib/kernel/read-json.ts";
import { createRoleSchema, editRoleSchema } from "./schema.ts";

/** A form sends what has parts of its own as JSON. */
const parts = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => {
    if (typeof value !== "string") return value;
    try {
      return readJson(value, { values: 20_000, depth: 12 });
    } catch {
      return value;
    }
  }, schema);

const roleKeys = z.array(z.string().min(1).max(100)).max(1000).default([]);

const limited = z.strictObject({
  permission: z.string().min(1).max(100),
  limits: z.array(limitSchema).max(20, "A grant has at most 20 limits."),
});

const further = {
  /** Grants with the limits that they get instead of those that they have; without limits: unconditional. */
  limit: z.array(parts(limited)).max(5000).default([]),
  /** Left out: as it is. Null: at all hours. */
  window: parts(windowSchema.nullable()).optional(),
  /** Left out: as it is. */
  api: parts(apiAccessSchema).optional(),
};

export const createRoleInput = createRoleSchema.extend({ ...further, bases: roleKeys });
export const editRoleInput = editRoleSchema.extend({ ...further, addBases: roleKeys, removeBases: roleKeys });
