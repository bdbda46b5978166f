import { z } from "zod";
import { slugSchema } from "#lib/providers/schema.ts";
import { vouchedSchema } from "#lib/sso/schema.ts";

export const startSchema = z.object({
  provider: slugSchema,
  /** Where somebody wants to go; the sign-in page judges it. */
  next: z.string().max(2000).catch("/"),
  /** To come in; or, of whoever is signed in, to connect their account there or to prove that it is still them. */
  purpose: z.enum(["enter", "connect", "confirm"]).default("enter"),
});

export const responseSchema = z.object({ provider: slugSchema, response: z.string() });

const token = z.string().max(100);
export const redeemSchema = z.object({ ticket: token, browser: token.optional() });

/** What is kept of a request until its answer comes. */
export const requestSchema = z.object({
  provider: z.string(),
  /** Which browser brings it: the hash of its cookie. */
  browser: z.string(),
  next: z.string(),
  purpose: startSchema.shape.purpose,
  /** The session that it is for, unless it is to make one. */
  session: z.string().optional(),
  /** When the person left for the provider, in epoch milliseconds. */
  leftAt: z.number(),
});
export type SamlRequest = z.infer<typeof requestSchema>;

/** What is kept of an answer until the browser comes for its session. */
export const ticketSchema = z.object({
  /** None when the provider sent somebody whom nobody here asked for. */
  request: requestSchema.optional(),
  vouched: vouchedSchema.extend({ authenticatedAt: z.coerce.date().optional() }),
});
export type SamlTicket = z.infer<typeof ticketSchema>;
