import { createHash } from "node:crypto";
import type { Tx } from "#lib/kernel/database.ts";

/**
 * Notes that an assertion is used now, until it would be refused for its age anyway. Whoever asks at the same moment,
 * on whatever instance, waits for the first one's transaction.
 */
export async function isFirstUse(tx: Tx, issuer: string, id: string, expiresAt: Date): Promise<boolean> {
  const name = createHash("sha256")
    .update(JSON.stringify([issuer, id]))
    .digest("base64url");
  const data = [{ kind: "saml_assertion", id: name, expiresAt }];
  return (await tx.seenId.createMany({ data, skipDuplicates: true })).count === 1;
}
