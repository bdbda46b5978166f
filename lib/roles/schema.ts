import { z } from "zod";
import { confirmedSchema } from "#lib/assignments/schema.ts";

const permissionKeys = z.array(z.string().min(1).max(100)).max(5000).default([]);
const roleKey = z.string("Name the role.").trim().min(1, "Name the role.").max(100);
const version = z.coerce.number().int().positive();

/** The catalogue says which names are allowed; that is the operation's to check. */
export const createRoleSchema = z.object({
  key: roleKey.pipe(z.string().max(50, "A role name has at most 50 characters.")),
  description: z.string().normalize("NFKC").trim().max(300, "At most 300 characters.").default(""),
  grants: permissionKeys,
  confirmed: confirmedSchema,
});

/** What changes, not the whole set: two administrators who touch different permissions do not undo each other. */
export const editRoleSchema = z.object({
  role: roleKey,
  version,
  add: permissionKeys,
  remove: permissionKeys,
  confirmed: confirmedSchema,
});

export const deleteRoleSchema = z.object({ role: roleKey, version });

export const reassignAndDeleteRoleSchema = deleteRoleSchema.extend({
  /** What holders get instead; left out or empty: nothing, where all of them hold others. */
  replacement: z.string().trim().max(100).optional(),
  confirmed: confirmedSchema,
});
