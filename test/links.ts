import { database } from "#lib/kernel/database.ts";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";
import { newAddressKind as kind } from "#lib/passwords/index.ts";
import { nextInstant, type Person } from "./people.ts";

/** The secret of a link that makes an address the account's. */
export async function addressLinkFor(
  { id: userId, username }: Person,
  createdAt = nextInstant(),
): Promise<string> {
  const token = newSecretToken();
  const expiresAt = new Date(createdAt.getTime() + 24 * 60 * 60_000);
  const data = { email: `${username}.new@example.com` };
  const row = {
    id: crypto.randomUUID(),
    kind,
    userId,
    tokenHash: hashToken(token),
    data,
    createdAt,
    expiresAt,
  };
  await database().oneTimeToken.create({ data: row });
  return token;
}
