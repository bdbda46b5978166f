import type { Reader, Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";
import { ownerOfLink } from "./owner-of-link.ts";

const kind = "password_reset";
/** The link with which an address holds that somebody gave as theirs: reset links would go there. */
export const newAddressKind = "new_address";
/** A link that was not used within the hour is of no use to anybody. */
const resetLinkLifetime = 60 * 60_000;

/**
 * More than the limits let anybody ask for within a link's life, so that the oldest, which make room, are over: whoever
 * asks for a link in somebody's name takes none away from them.
 */
const mostLinks = 20;

/** A new link's secret, the only moment at which it exists in clear. Earlier links work until one is used. */
export async function issueResetLink(tx: Tx, userId: string, at: Date): Promise<string> {
  await tx.$executeRaw`
    DELETE FROM one_time_tokens WHERE kind = ${kind} AND user_id = ${userId}::uuid AND id NOT IN (
      SELECT id FROM one_time_tokens WHERE kind = ${kind} AND user_id = ${userId}::uuid AND expires_at > ${at}
      ORDER BY created_at DESC LIMIT ${mostLinks - 1})`;
  const token = newSecretToken();
  const expiresAt = new Date(at.getTime() + resetLinkLifetime);
  await tx.oneTimeToken.create({
    data: { id: newId(at.getTime()), kind, userId, tokenHash: hashToken(token), createdAt: at, expiresAt },
    select: { id: true },
  });
  return token;
}

/** Whose password a link may replace. */
export async function userOfResetLink(reader: Reader | Tx, token: string, at: Date) {
  return (await ownerOfLink(reader, kind, token, at))?.user;
}

/** Spends one link; of a hundred at once, one gets a yes. */
export async function spendResetLink(tx: Tx, token: string, at: Date): Promise<boolean> {
  const where = { kind, tokenHash: hashToken(token), expiresAt: { gt: at } };
  const { count } = await tx.oneTimeToken.deleteMany({ where });
  return count === 1;
}

/** Voids every link that leads into an account: those that replace the password, and the one that moves its address. */
export async function spendResetLinks(tx: Tx, userId: string): Promise<void> {
  await tx.oneTimeToken.deleteMany({ where: { kind: { in: [kind, newAddressKind] }, userId } });
}
