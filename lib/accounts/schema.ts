import { z } from "zod";
import { identitySchema, newPasswordSchema } from "#lib/users/schema.ts";

const linkToken = z.string().max(200).default("");
export const resetLinkSchema = z.object({ token: linkToken });
export const redeemResetLinkSchema = resetLinkSchema.extend({ password: newPasswordSchema });

export const askResetLinkSchema = z.object({
  /** Username or email address. */
  identifier: z
    .string("Give your username or email.")
    .trim()
    .min(1, "Give your username or email.")
    .max(254, "At most 254 characters."),
});

export const ownPasswordSchema = z.object({
  currentPassword: z
    .string("Give your present password.")
    .min(1, "Give your present password.")
    .max(1000, "At most 1,000 characters."),
  password: newPasswordSchema,
  /** Browsers that skip the second factor keep doing so unless they are told not to. */
  forgetDevices: z.boolean().default(false),
});

export const ownProfileSchema = identitySchema.omit({ username: true }).extend({
  /** The row as the form showed it. */
  version: z.coerce.number().int().positive(),
});
