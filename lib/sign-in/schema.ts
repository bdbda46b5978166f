import { z } from "zod";
import { confirmTotpSchema, passkeyShownSchema } from "#lib/second-factor/schema.ts";

const secret = z.string().max(200).optional();

export const signInSchema = z.object({
  /** Username or email address. */
  identifier: z
    .string("Give your username or email.")
    .trim()
    .min(1, "Give your username or email.")
    .max(254, "At most 254 characters."),
  password: z
    .string("Give your password.")
    .min(1, "Give your password.")
    .max(1000, "At most 1,000 characters."),
});

/** Yes or no as a form or JSON says it. */
const ticked = z.union([z.boolean(), z.string().transform((text) => text === "on" || text === "true")]);

const ticketSchema = z.object({
  /** What proves the right password; the door reads it from the cookie. */
  ticket: secret,
  /** Not to be asked on this browser again for a while. */
  remember: ticked.default(false),
});
export const codeSchema = ticketSchema.extend({
  code: z.string("Give the code.").trim().min(1, "Give the code.").max(100, "At most 100 characters."),
});
export const passkeyAfterPasswordSchema = ticketSchema.extend({ response: passkeyShownSchema });
export const passkeyAloneSchema = z.object({ response: passkeyShownSchema });
export const ticketOnlySchema = z.object({ ticket: secret });

export const confirmIdentitySchema = z.object({ password: signInSchema.shape.password });
export const confirmCodeSchema = confirmTotpSchema;
export const noInputSchema = z.object({});
