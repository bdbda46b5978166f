import { z } from "zod";
import { identitySchema, newPasswordSchema } from "#lib/users/schema.ts";

/** Longer than that no link is: an address has 254 characters. */
export const linkTokenSchema = z.string().max(600).default("");

/** Whoever wants an account says first which mailbox they read. */
export const askSignUpLinkSchema = identitySchema.pick({ email: true });

/** What a person may say of themselves. A role is not among it: whatever else is sent is dropped. */
export const signUpSchema = identitySchema.extend({ password: newPasswordSchema, token: linkTokenSchema });
