import { z } from "zod";
import { identitySchema, newPasswordSchema } from "#lib/users/schema.ts";

/** The owner's account. Roles are the catalogue's, whatever is sent. */
export const setUpSchema = identitySchema.extend({
  password: newPasswordSchema,
  token: z.string().max(200).default(""),
});
