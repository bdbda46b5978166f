import type { Tx } from "#lib/kernel/database.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";

const allowed = /^[\p{L}\p{N}._-]{3,64}$/u;

/** What somebody is called here. A user name that is one here too stays; of an address, what stands before the @. */
export function usernameFrom(userName: string): { username: string; asSent: boolean } {
  const text = userName.normalize("NFKC").trim();
  if (allowed.test(text)) return { username: text, asSent: true };
  const made = (text.split("@")[0] ?? "")
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 56);
  return { username: made.length >= 3 ? made : `user-${made || "unnamed"}`, asSent: false };
}

/** The username itself, or the first with a number behind it that nobody else has. One that was sent as it is gets none. */
export async function freeUsername(tx: Tx, userName: string, own?: string): Promise<string> {
  const { username, asSent } = usernameFrom(userName);
  if (asSent) return username;
  const key = normaliseKey(username);
  const rows = await tx.user.findMany({
    where: {
      OR: [{ usernameKey: key }, { usernameKey: { startsWith: `${key}-` } }],
      ...(own && { id: { not: own } }),
    },
    select: { usernameKey: true },
  });
  const taken = new Set(rows.map(({ usernameKey }) => usernameKey));
  if (!taken.has(key)) return username;
  let number = 2;
  while (taken.has(`${key}-${number}`)) number += 1;
  return `${username}-${number}`;
}
