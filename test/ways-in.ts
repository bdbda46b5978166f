import { database } from "#lib/kernel/database.ts";
import { keepBrowser } from "#lib/known-browsers/index.ts";
import { issueResetLink } from "#lib/passwords/index.ts";
import { nextInstant, signedIn, visitor } from "./people.ts";

/** Two sessions, a trusted device and an unused reset link: everything that somebody can come back with. */
export async function waysIn({ id }: { id: string }) {
  const sessions = [await signedIn({ id }), await signedIn({ id })] as const;
  const device = await database().$transaction((tx) => keepBrowser(tx, visitor(), id, { trust: true }));
  const link = await database().$transaction((tx) => issueResetLink(tx, id, nextInstant()));
  return { sessions, device: device.secret ?? "", link };
}

/** How many of them are left. */
export async function waysLeft({ id }: { id: string }) {
  const [sessions, devices, links] = await Promise.all([
    database().session.count({ where: { userId: id, endedAt: null } }),
    database().knownBrowser.count({ where: { userId: id, trustedAt: { not: null } } }),
    database().oneTimeToken.count({ where: { userId: id } }),
  ]);
  return { sessions, devices, links };
}
export const noWayLeft = { sessions: 0, devices: 0, links: 0 };
