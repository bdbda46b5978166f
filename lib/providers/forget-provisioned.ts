import type { Tx } from "#lib/kernel/database.ts";

/**
 * What a provider brought by SCIM is its no more: its tokens are revoked and its groups go. The people stay, with their
 * accounts and roles. Another provider that is added under the same name begins with nobody.
 * @returns how many tokens worked until now
 */
export async function forgetProvisioned(tx: Tx, slug: string, at: Date): Promise<number> {
  await tx.scimGroup.deleteMany({ where: { provider: slug } });
  await tx.scimUser.deleteMany({ where: { provider: slug } });
  const { count } = await tx.scimToken.updateMany({
    where: { provider: slug, revokedAt: null, expiresAt: { gt: at } },
    data: { revokedAt: at },
  });
  return count;
}
