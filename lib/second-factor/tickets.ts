import { createHash } from "node:crypto";
import { z } from "zod";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";
import { sweepExpired } from "./sweep-expired.ts";

const kind = "second_factor";
/** How long somebody who gave the right password has for the second factor. */
const ticketLifetime = 10 * 60_000;

/** The password that the ticket was given for: a new one voids it. */
const passwordMark = (passwordHash: string) => createHash("sha256").update(passwordHash).digest("base64url");
const dataSchema = z.object({ password: z.string() });

/** What somebody gets for a right password alone: it opens nothing, it only lets them show the second factor. */
export async function issueTicket(
  tx: Tx,
  user: { id: string; passwordHash: string },
  at: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const token = newSecretToken();
  const expiresAt = new Date(at.getTime() + ticketLifetime);
  await sweepExpired(tx, kind, at);
  const data = { password: passwordMark(user.passwordHash) };
  await tx.oneTimeToken.create({
    data: {
      id: newId(at.getTime()),
      kind,
      tokenHash: hashToken(token),
      userId: user.id,
      data,
      createdAt: at,
      expiresAt,
    },
    select: { id: true },
  });
  return { token, expiresAt };
}

export interface TicketHolder {
  id: string;
  username: string;
}

/** Whose ticket this is, while it is good: in time, for an active account, for the password that it still has. */
export async function ticketHolder(
  reader: Reader | Tx,
  token: string | undefined,
  at: Date,
): Promise<TicketHolder | undefined> {
  if (!token) return undefined;
  const row = await reader.oneTimeToken.findUnique({
    where: { tokenHash: hashToken(token) },
    select: {
      kind: true,
      expiresAt: true,
      data: true,
      user: { select: { id: true, username: true, active: true, passwordHash: true } },
    },
  });
  if (row?.kind !== kind || row.expiresAt <= at || !row.user?.active || !row.user.passwordHash)
    return undefined;
  const data = dataSchema.safeParse(row.data);
  if (data.data?.password !== passwordMark(row.user.passwordHash)) return undefined;
  return { id: row.user.id, username: row.user.username };
}

/** Uses the ticket up; only one of any number at once gets true. */
export async function spendTicket(tx: Tx, token: string, userId: string, at: Date): Promise<boolean> {
  const where = { kind, tokenHash: hashToken(token), userId, expiresAt: { gt: at } };
  return (await tx.oneTimeToken.deleteMany({ where })).count === 1;
}

export async function endTickets(tx: Tx, userId: string): Promise<void> {
  await tx.oneTimeToken.deleteMany({ where: { kind, userId } });
}
