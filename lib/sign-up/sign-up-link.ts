import { z } from "zod";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { seal, unseal } from "#lib/kernel/seal.ts";

const purpose = "sign-up link";
const lifetime = 24 * 60 * 60_000;
const contentSchema = z.object({ email: z.string(), until: z.number() });

/**
 * The secret of a link that proves whose address it is. The database keeps nothing for it, so that nobody fills it by
 * asking; what ends a link early is that its address has an account.
 */
export function sealSignUpLink(email: string, at: Date): string {
  const content = JSON.stringify({ email, until: at.getTime() + lifetime });
  return Buffer.from(seal(purpose, "", content)).toString("base64url");
}

/** The address that a link proves: none when it is wrong or too old. */
export function addressOfSignUpLink(token: string, at: Date): string | undefined {
  const content = opened(token);
  return content && at.getTime() < content.until ? content.email : undefined;
}

export const isSameAddress = (one: string, other: string): boolean =>
  normaliseKey(one) === normaliseKey(other);

function opened(token: string) {
  try {
    return contentSchema.parse(JSON.parse(unseal(purpose, "", Buffer.from(token, "base64url"))));
  } catch {
    return undefined;
  }
}
