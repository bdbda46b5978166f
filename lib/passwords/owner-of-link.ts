import type { Reader, Tx } from "#lib/kernel/database.ts";
import { hashToken } from "#lib/kernel/secret-token.ts";

/**
 * Whose account a mailed link leads into, and what was kept with it: nobody's when it is wrong, used or too old, or its
 * user inactive.
 */
export async function ownerOfLink(reader: Reader | Tx, kind: string, token: string, at: Date) {
  const link = await reader.oneTimeToken.findFirst({
    where: { kind, tokenHash: hashToken(token), expiresAt: { gt: at }, user: { active: true } },
    select: {
      data: true,
      user: {
        select: {
          id: true,
          username: true,
          email: true,
          givenName: true,
          familyName: true,
          passwordHash: true,
          emailUnproven: true,
        },
      },
    },
  });
  return link?.user ? { data: link.data, user: link.user } : undefined;
}
