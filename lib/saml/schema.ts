import { z } from "zod";
import { slugSchema } from "#lib/providers/schema.ts";
import { vouchedSchema } from "#lib/sso/schema.ts";

export const startSchema = z.object({
  provider: slugSchema,
  /** Where somebody wants to go; the sign-in page judges it. */
  next: z.string().max(2000).catch("/"),
});

export const responseSchema = z.object({ provider: slugSchema, response: z.string() });

const token = z.string().max(100);
export const redeemSchema = z.object({ ticket: token, browser: token.optional() });

/** What is kept of a request until its answer comes. */
export const requestSchema = z.object({ provider: z.string(), browser: z.string(), next: z.string() });
export type SamlRequest = z.infer<typeof requestSchema>;

/** What is kept of an answer until the browser comes for its session. */
export const ticketSchema = z.object({
  /** Which browser may use it; none when the provider sent somebody whom nobody here asked for. */
  browser: z.string().optional(),
  next: z.string(),
  vouched: vouchedSchema.extend({ authenticatedAt: z.coerce.date().optional() }),
});
export type SamlTicket = z.infer<typeof ticketSchema>;
