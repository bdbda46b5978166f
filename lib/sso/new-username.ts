import type { Tx } from "#lib/kernel/database.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import type { Vouched } from "./vouched.ts";

const longest = 32;
const shortest = 3;

/** What a new account is called: the address before the @, else the name at the provider, with a number if it is taken. */
export async function newUsername(tx: Tx, vouched: Pick<Vouched, "email" | "username">): Promise<string> {
  const wanted = wantedUsername(vouched);
  for (let number = 0; ; number += 1) {
    const suffix = number === 0 ? "" : String(number);
    const username = wanted.slice(0, longest - suffix.length) + suffix;
    const taken = await tx.user.count({ where: { usernameKey: normaliseKey(username) } });
    if (taken === 0) return username;
  }
}

function wantedUsername({ email, username }: Pick<Vouched, "email" | "username">): string {
  const names = [email, username].map((name) => cleaned(name?.split("@")[0] ?? ""));
  return names.find((name) => name.length >= shortest) ?? "user";
}

const cleaned = (name: string) =>
  name
    .normalize("NFKD")
    .replaceAll(/[^A-Za-z0-9._-]/g, "")
    .slice(0, longest);
