import { z } from "zod";
import { slugSchema } from "#lib/providers/schema.ts";

export const startSchema = z.object({
  provider: slugSchema,
  /** Where somebody wants to go; the sign-in page judges it. */
  next: z.string().max(2000).catch("/"),
  /** To come in; or, of whoever is signed in, to connect their account there, to prove that it is still them, or to test. */
  purpose: z.enum(["enter", "connect", "confirm", "test"]).default("enter"),
});

export const responseSchema = z.object({ provider: slugSchema, response: z.string() });

const token = z.string().max(100);
export const redeemSchema = z.object({ ticket: token, browser: token.optional() });
