import { type Caller, product } from "#lib/kernel/caller.ts";
import { database, reading } from "#lib/kernel/database.ts";
import { firstIn } from "#lib/kernel/first-in.ts";
import { newId } from "#lib/kernel/id.ts";
import { callerOfBrowser, rememberBrowser } from "#lib/kernel/known-callers.ts";
import { logBug } from "#lib/kernel/log.ts";
import { registry } from "#lib/kernel/registry.ts";

const minute = 60_000;
/** As many as are kept in mind. */
const most = 10_000;
const slot = "known browsers read";

/**
 * Whose place in line a request has that comes with these secrets of the browsers' cookie. Nothing is asked of the
 * database meanwhile, whatever a stranger makes up: at a secret that is not in mind the newest browsers are read, at most
 * once a minute, for the next request.
 */
export function browserCaller(secrets: readonly string[]): Caller | undefined {
  for (const secret of secrets) {
    const caller = callerOfBrowser(secret);
    if (caller) return caller;
  }
  if (secrets.length > 0 && firstIn(minute, slot)) readBrowsers().catch((error) => logBug(error, slot));
  return undefined;
}

/** Keeps in mind the browsers that became known since this was done last, on whichever instance; at first the newest of all. */
export async function readBrowsers(): Promise<void> {
  const { slots } = registry();
  const since = (slots.get(slot) as number | undefined) ?? 0;
  const began = Date.now();
  const rows = await reading(product("known browsers"), () =>
    database().knownBrowser.findMany({
      where: { id: { gt: newId(since) }, expiresAt: { gt: new Date(began) } },
      orderBy: { id: "desc" },
      take: most,
      select: { tokenHash: true, userId: true },
    }),
  );
  for (const { tokenHash, userId } of rows.reverse()) rememberBrowser(tokenHash, userId);
  // Transactions that are under way, and clocks that go differently.
  slots.set(slot, began - 5 * minute);
}
