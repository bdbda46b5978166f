import { z } from "zod";
import { seal, unseal } from "#lib/kernel/seal.ts";

/** What somebody left for the provider to do: come in, connect who they are there, or prove that it is still them. */
export const purposes = ["enter", "connect", "confirm"] as const;
export type Purpose = (typeof purposes)[number];

const journeySchema = z.object({
  /** What the provider sends back with the browser: this journey belongs to that answer and to no other. */
  state: z.string().min(1),
  purpose: z.enum(purposes),
  /** Where to go afterwards, in this console. */
  next: z.string(),
  /** The provider's address, for a page that leads there without scripts. */
  to: z.string(),
  startedAt: z.number(),
  /** Of whoever was signed in already: nobody else finishes it. */
  session: z.string().optional(),
});
export type Journey = z.infer<typeof journeySchema>;

const purpose = "journey to identity provider";

/** Sealed, so that neither another site nor the person themselves can say what it is for. */
export const sealJourney = (provider: string, journey: Journey): string =>
  Buffer.from(seal(purpose, provider, JSON.stringify(journey))).toString("base64url");

export function openJourney(provider: string, sealed: string | undefined): Journey | undefined {
  if (!sealed) return undefined;
  try {
    return journeySchema.parse(JSON.parse(unseal(purpose, provider, Buffer.from(sealed, "base64url"))));
  } catch {
    return undefined;
  }
}
