import { identitySchema, newPasswordSchema } from "#lib/users/schema.ts";

/** What a person may say of themselves. A role is not among it: whatever else is sent is dropped. */
export const signUpSchema = identitySchema.extend({ password: newPasswordSchema });
