import { z } from "zod";
import { seal, unseal } from "#lib/kernel/seal.ts";
import { journeyLost } from "./refusals.ts";
import type { Vouched } from "./vouched.ts";
import { vouchedSchema } from "./vouched-schema.ts";

const purpose = "vouched for in a session";
/** Doors hand it on at once. */
const lasts = 60_000;

const sealedSchema = z.object({
  vouched: vouchedSchema.extend({ authenticatedAt: z.coerce.date().optional() }),
  /** When the person left for the provider, in epoch milliseconds. */
  leftAt: z.number(),
  until: z.number(),
});

/** For operations of whoever is signed in: a provider's word that only our own door can have written, for one session. */
export const vouchedInputSchema = z.object({ vouched: z.string().max(4_000_000) });

export function sealVouched(sessionId: string, vouched: Vouched, leftAt: number, at: Date): string {
  const sealed = seal(purpose, sessionId, JSON.stringify({ vouched, leftAt, until: at.getTime() + lasts }));
  return Buffer.from(sealed).toString("base64url");
}

export function openVouched(
  sessionId: string,
  sealed: string,
  at: Date,
): { vouched: Vouched; leftAt: number } {
  try {
    const text = unseal(purpose, sessionId, Buffer.from(sealed, "base64url"));
    const { until, ...word } = sealedSchema.parse(JSON.parse(text));
    if (at.getTime() <= until) return word;
  } catch {
    // Not ours, or another session's.
  }
  throw journeyLost();
}
