import type { Call } from "#lib/kernel/call.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { rememberBrowser } from "#lib/kernel/known-callers.ts";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";
import { securityOf } from "#lib/settings/index.ts";

const day = 24 * 60 * 60_000;
/** How long a browser stays known after its owner last signed in with it. */
const knownFor = 90 * day;
/** How many an account has at most: those not used for longest go first, and of trusted ones only to make room for others. */
const mostBrowsers = 5;

/** The known browser of this user that asks, if it is one. It says where guesses are counted, and opens nothing. */
export async function knownBrowserOf(
  reader: Reader | Tx,
  userId: string | undefined,
  { browsers = [], at }: Pick<Call, "browsers" | "at">,
): Promise<string | undefined> {
  if (browsers.length === 0) return undefined;
  return (await knownHere(reader, browsers, at)).find((row) => row.userId === userId)?.id;
}

/** The same for whichever account knows it: where nobody says yet who they are. Count by the account, of which there are few. */
export async function anyKnownBrowser(
  reader: Reader,
  { browsers = [], at }: Pick<Call, "browsers" | "at">,
): Promise<{ id: string; userId: string } | undefined> {
  return browsers.length === 0 ? undefined : (await knownHere(reader, browsers, at))[0];
}

/** The same for the account of which this is a name, normalised. What it reads is the same for names that are nobody's. */
export async function knownBrowserNamed(
  reader: Reader,
  name: string,
  { browsers = [], at }: Pick<Call, "browsers" | "at">,
): Promise<string | undefined> {
  if (browsers.length === 0) return undefined;
  const here = await knownHere(reader, browsers, at);
  return here.find(({ user }) => user.usernameKey === name || user.emailKey === name)?.id;
}

async function knownHere(reader: Reader | Tx, browsers: readonly string[], at: Date) {
  const rows = await reader.knownBrowser.findMany({
    where: { tokenHash: { in: browsers.map(hashToken) }, expiresAt: { gt: at } },
    orderBy: { id: "asc" },
    select: {
      id: true,
      userId: true,
      tokenHash: true,
      user: { select: { usernameKey: true, emailKey: true } },
    },
  });
  for (const { tokenHash, userId } of rows) rememberBrowser(tokenHash, userId);
  return rows;
}

/** A browser that its user signed in with. */
export interface KeptBrowser {
  id: string;
  /** What the browser has to keep from now on, the only moment at which it exists in clear; nothing when it does already. */
  secret?: string;
}

/**
 * Makes the browser that asks known to this account, or notes that it was used again. Call it where its user has just
 * proven who they are, with the user's row locked.
 * @param trust the second factor was shown, and is not to be asked for here for a while
 */
export async function keepBrowser(
  tx: Tx,
  call: Call,
  userId: string,
  { trust = false } = {},
): Promise<KeptBrowser> {
  const trustedUntil = trust ? await trustEnds(tx, call.at) : undefined;
  const times = {
    lastUsedAt: call.at,
    expiresAt: new Date(Math.max(call.at.getTime() + knownFor, trustedUntil?.getTime() ?? 0)),
    ...(trustedUntil && { trustedAt: call.at, trustedUntil }),
  };
  const present = await knownBrowserOf(tx, userId, call);
  if (present !== undefined) {
    await tx.knownBrowser.update({ where: { id: present }, data: times, select: { id: true } });
    return { id: present };
  }
  await makeRoom(tx, userId, call.at);
  const secret = newSecretToken();
  const tokenHash = hashToken(secret);
  const id = newId(call.at.getTime());
  await tx.knownBrowser.create({
    data: {
      id,
      userId,
      tokenHash,
      agent: call.agent?.slice(0, 500) ?? null,
      address: call.address ?? null,
      createdAt: call.at,
      ...times,
    },
    select: { id: true },
  });
  rememberBrowser(tokenHash, userId);
  return { id, secret };
}

async function trustEnds(tx: Tx, at: Date): Promise<Date> {
  const { trustedDeviceDays } = await securityOf(tx);
  return new Date(at.getTime() + trustedDeviceDays * day);
}

async function makeRoom(tx: Tx, userId: string, at: Date): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM known_browsers WHERE user_id = ${userId}::uuid AND id NOT IN (
      SELECT id FROM known_browsers WHERE user_id = ${userId}::uuid AND expires_at > ${at}
      ORDER BY trusted_until > ${at} DESC NULLS LAST, last_used_at DESC LIMIT ${mostBrowsers - 1})`;
}

/** Whether this browser may stand for the second factor now. A shorter period that was set since holds for it, too. */
export async function isTrusted(reader: Reader | Tx, id: string, at: Date): Promise<boolean> {
  const browser = await reader.knownBrowser.findUnique({
    where: { id },
    select: { trustedAt: true, trustedUntil: true },
  });
  if (!browser?.trustedAt || !browser.trustedUntil || browser.trustedUntil <= at) return false;
  const { trustedDeviceDays } = await securityOf(reader);
  return browser.trustedAt.getTime() + trustedDeviceDays * day > at.getTime();
}
