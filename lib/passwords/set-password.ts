import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { rememberPassword } from "./former-passwords.ts";
import { forgetGuesses } from "./guesses.ts";
import { spendResetLinks } from "./reset-links.ts";

/** A password that replaces another. */
export interface Replacement {
  userId: string;
  /** The hash that the rules were tested against: whoever changed it meanwhile wins. */
  seen: string | null;
  /** What `acceptPassword` answered; null: no password at all, until a link is used. */
  hash: string | null;
  at: Date;
}

/**
 * Puts a new password in the place of an active user's old one, which then works nowhere; unused reset links die with it, and what
 * was guessed at the old one keeps nobody out.
 * What becomes of sessions and devices is the caller's: it differs with who asked.
 */
export async function setPassword(tx: Tx, { userId, seen, hash, at }: Replacement): Promise<void> {
  const [user] = await tx.user.updateManyAndReturn({
    where: { id: userId, active: true, passwordHash: seen },
    data: { passwordHash: hash, updatedAt: at },
    select: { id: true, usernameKey: true, emailKey: true },
  });
  if (!user) {
    const message = "This account changed while the password was being set: look again, then try once more.";
    throw new AppError("conflict", "edit_conflict", message);
  }
  await spendResetLinks(tx, userId);
  await forgetGuesses(tx, user);
  if (seen) await rememberPassword(tx, userId, seen, at);
}
