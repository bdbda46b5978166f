import { z } from "zod";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { newId } from "#lib/kernel/id.ts";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";
import { addressMail, addressTakenMail, sendMail } from "#lib/mail/index.ts";
import { newAddressKind as kind, ownerOfLink } from "#lib/passwords/index.ts";

const lifetime = 24 * 60 * 60_000;
const dataSchema = z.object({ email: z.string() });

/** An address that somebody gave as theirs and did not confirm yet. */
export interface PendingAddress {
  email: string;
  expiresAt: Date;
}

export async function pendingAddressOf(
  reader: Reader | Tx,
  userId: string,
  at: Date,
): Promise<PendingAddress | undefined> {
  const row = await reader.oneTimeToken.findFirst({
    where: { kind, userId, expiresAt: { gt: at } },
    orderBy: { createdAt: "desc" },
    select: { data: true, expiresAt: true },
  });
  return row ? { ...dataSchema.parse(row.data), expiresAt: row.expiresAt } : undefined;
}

/**
 * Keeps an address until its mailbox confirms it, in place of one that waited before. Whether it is another account's
 * is found out by the mail alone: to whoever asks it looks the same.
 * @returns what to do once the change holds
 */
export async function holdAddress(
  tx: Tx,
  user: { id: string; username: string },
  { email, taken }: { email: string; taken: boolean },
  at: Date,
): Promise<() => Promise<void>> {
  await dropPendingAddress(tx, user.id);
  const token = newSecretToken();
  const expiresAt = new Date(at.getTime() + lifetime);
  await tx.oneTimeToken.create({
    data: {
      id: newId(at.getTime()),
      kind,
      userId: user.id,
      tokenHash: hashToken(token),
      data: { email },
      createdAt: at,
      expiresAt,
    },
    select: { id: true },
  });
  const given = { to: email, by: user.id, username: user.username };
  const link = `${env().publicUrl}/new-address?token=${token}`;
  return async () => void (await sendMail(taken ? addressTakenMail(given) : addressMail({ ...given, link })));
}

export async function dropPendingAddress(tx: Tx, userId: string): Promise<number> {
  return (await tx.oneTimeToken.deleteMany({ where: { kind, userId } })).count;
}

/** Whose address a link confirms, and which. */
export async function addressOfLink(reader: Reader | Tx, token: string, at: Date) {
  const found = await ownerOfLink(reader, kind, token, at);
  if (!found) return undefined;
  const { passwordHash: _, ...user } = found.user;
  return { ...dataSchema.parse(found.data), user };
}
