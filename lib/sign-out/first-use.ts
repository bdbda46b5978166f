import { createHash } from "node:crypto";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import type { LoggedOut } from "#lib/oidc/index.ts";

const kind = "logout_token";

/** Whether it came before. For a cheap no: who is first is decided in a transaction. */
export async function wasUsed(reader: Reader, token: Pick<LoggedOut, "issuer" | "id">): Promise<boolean> {
  return (await reader.seenId.count({ where: { kind, id: nameOf(token) } })) > 0;
}

/**
 * Notes that it is used now, for as long as it could be used again. Whoever asks at the same moment, on whatever
 * instance, waits for the first one's transaction.
 */
export async function isFirstUse(tx: Tx, token: LoggedOut): Promise<boolean> {
  const data = [{ kind, id: nameOf(token), expiresAt: token.until }];
  return (await tx.seenId.createMany({ data, skipDuplicates: true })).count === 1;
}

const nameOf = ({ issuer, id }: Pick<LoggedOut, "issuer" | "id">) =>
  createHash("sha256")
    .update(JSON.stringify([issuer, id]))
    .digest("base64url");
