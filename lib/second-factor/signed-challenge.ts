import { z } from "zod";
import { readJson } from "#lib/kernel/read-json.ts";

const clientDataSchema = z.object({
  challenge: z.string().min(1).max(200),
  crossOrigin: z.boolean().optional(),
});

/** The challenge that a browser says was signed; undefined for what is no client data, or comes from inside a foreign page. */
export function signedChallenge(clientDataJSON: string): string | undefined {
  try {
    const text = Buffer.from(clientDataJSON, "base64url").toString("utf8");
    const { challenge, crossOrigin } = clientDataSchema.parse(readJson(text, { values: 100, depth: 5 }));
    return crossOrigin ? undefined : challenge;
  } catch {
    return undefined;
  }
}
