import { verify } from "@node-rs/bcrypt";
import type { Reader } from "#lib/kernel/database.ts";

/** More than this would let one stored hash keep a thread busy for minutes at every guess. */
const highestCost = 15;

/** A BCrypt hash that came with its account from another product. */
export const isImported = (stored: string) => /^\$2[aby]\$/.test(stored);

/** Not a number where the hash is malformed, which compares as too dear. */
const costOf = (stored: string) => Number(stored.match(/^\$2[aby]\$(\d\d)\$/)?.[1]);

/**
 * The other product hashed the bytes as they were typed, the first 72 of them: so that is what is compared.
 * A hash of an absurd cost fits nothing.
 */
export async function fitsImported(stored: string, password: string): Promise<boolean> {
  try {
    return costOf(stored) <= highestCost && (await verify(password, stored));
  } catch {
    return false;
  }
}

/**
 * The cost of the imported hashes that are still there, 0 when none is: while there are any, every try does their
 * work as well, so that time does not tell whose hash was imported. One index look-up.
 */
export async function importedCost(reader: Reader): Promise<number> {
  const rows = await reader.$queryRaw<{ cost: string | null }[]>`
    SELECT max(substr(password_hash, 5, 2)) AS cost FROM users WHERE password_hash LIKE '$2%'`;
  const cost = Number(rows[0]?.cost ?? 0);
  return Number.isInteger(cost) && cost >= 4 ? Math.min(cost, highestCost) : 0;
}

/** Well formed, of this cost, and fitting nothing that can be typed. */
export const importedDecoy = (cost: number) =>
  `$2b$${String(cost).padStart(2, "0")}$${".".repeat(22)}${"a".repeat(31)}`;
