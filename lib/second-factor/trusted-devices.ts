import type { Call } from "#lib/kernel/call.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";
import { securityOf } from "#lib/settings/index.ts";
import { endTickets } from "./tickets.ts";

const day = 24 * 60 * 60_000;

/** Remembers the browser that asks; answers the secret that it keeps in a cookie. */
export async function rememberDevice(
  tx: Tx,
  call: Call,
  userId: string,
): Promise<{ token: string; expiresAt: Date }> {
  const token = newSecretToken();
  const { trustedDeviceDays } = await securityOf(tx);
  const expiresAt = new Date(call.at.getTime() + trustedDeviceDays * day);
  await tx.trustedDevice.deleteMany({ where: { userId, expiresAt: { lte: call.at } } });
  await tx.trustedDevice.create({
    data: {
      id: newId(call.at.getTime()),
      userId,
      tokenHash: hashToken(token),
      agent: call.agent?.slice(0, 500) ?? null,
      address: call.address ?? null,
      createdAt: call.at,
      lastUsedAt: call.at,
      expiresAt,
    },
    select: { id: true },
  });
  return { token, expiresAt };
}

/** The id of the remembered browser that this secret belongs to, if it is one of this user. */
export async function trustedDeviceOf(
  reader: Reader | Tx,
  userId: string | undefined,
  token: string | undefined,
  at: Date,
): Promise<string | undefined> {
  if (!token) return undefined;
  const device = await reader.trustedDevice.findUnique({
    where: { tokenHash: hashToken(token) },
    select: { id: true, userId: true, createdAt: true, expiresAt: true },
  });
  if (!device || device.userId !== userId || device.expiresAt <= at) return undefined;
  // A shorter period that was set since holds for browsers that are remembered already, too.
  const { trustedDeviceDays } = await securityOf(reader);
  return device.createdAt.getTime() + trustedDeviceDays * day > at.getTime() ? device.id : undefined;
}

/** Lets a remembered browser stand for the second factor, once more; false when it was revoked meanwhile. */
export async function acceptTrustedDevice(tx: Tx, id: string, call: Call): Promise<boolean> {
  const { count } = await tx.trustedDevice.updateMany({
    where: { id, expiresAt: { gt: call.at } },
    data: { lastUsedAt: call.at },
  });
  return count === 1;
}

/**
 * Forgets every remembered browser of a user, and sign-ins that wait for a second factor: what was proven before
 * a deactivation, a new password or a reset of factors proves nothing after it.
 * Call it after the user's row was written or locked.
 */
export async function endTrustedDevicesOf(tx: Tx, userId: string): Promise<number> {
  await endTickets(tx, userId);
  const { count } = await tx.trustedDevice.deleteMany({ where: { userId } });
  return count;
}
