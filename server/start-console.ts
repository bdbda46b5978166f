import { readCatalogue, storeCatalogue } from "#lib/catalogue/load.ts";
import { afterwardsDone } from "#lib/kernel/afterwards.ts";
import { env, handToNext } from "#lib/kernel/env.ts";
import { isLiveSession } from "#lib/sessions/index.ts";
import { issueSetupToken } from "#lib/setup/index.ts";
import { installationHasUsers } from "#lib/users/index.ts";
import { bringUpDatabase } from "./bring-up-database.ts";
import { checkSecret } from "./check-secret.ts";
import type { Closing } from "./closing.ts";
import { sendConsoleToLog } from "./console-to-log.ts";
import { lockDataFolder } from "./data-lock.ts";
import { apiDoors } from "./doors.ts";
import { databaseHealth } from "./health.ts";
import { keepAuditLog, startHousekeeping } from "./housekeeping.ts";
import { newHttpPort } from "./http-port.ts";
import { addressOf, listen, reachableHost } from "./listen.ts";
import { createListener } from "./listener.ts";
import { loadPages } from "./pages.ts";
import { projectFolder } from "./project-folder.ts";
import { say } from "./say.ts";
import { setupRedirect } from "./setup-redirect.ts";
import { warnOfClosedProviders } from "./warn-of-closed-providers.ts";

/** Everything from the settings to the open port, in this order; `closing` learns how to undo each step. */
export async function startConsole(options: { dev: boolean }, closing: Closing): Promise<void> {
  const settings = env();
  // Next's development server speaks to the person at the terminal.
  if (!options.dev) sendConsoleToLog();
  // Before anything is made for it: a mistake in the catalogue is found at once, and leaves nothing behind.
  const catalogue = await readCatalogue(settings.catalogue, projectFolder);
  const lock = settings.databaseUrl === undefined ? await lockDataFolder(settings.dataDir) : undefined;
  if (lock) closing.add("data folder", lock.release);
  const { host, publicUrl } = settings;
  const port = newHttpPort();
  const opened = await listen(port.server, settings.port, host);
  closing.add("port", port.close);
  await bringUpDatabase(settings, closing);
  closing.signal.throwIfAborted();
  await storeCatalogue(catalogue, settings.catalogue);
  await checkSecret(settings.acceptedSecret);
  await keepAuditLog();

  handToNext(settings, `http://${reachableHost(host)}:${opened}`, options.dev);
  const pages = await loadPages({ dev: options.dev, port: opened, hostname: reachableHost(host) });
  closing.add("pages", pages.close);
  const health = await databaseHealth(closing.signal);
  closing.add("housekeeping", startHousekeeping());
  closing.add("mails", afterwardsDone);
  // The port was opened first and is closed before anything that requests may still need.
  closing.add("requests", port.close);

  port.serve(
    createListener({
      doors: apiDoors(health),
      pages: pages.handle,
      leadsToSetup: setupRedirect(installationHasUsers),
      isLiveSession,
      trustedProxies: settings.trustedProxies,
      publicUrl,
      dev: options.dev,
    }),
    pages.upgrade,
  );
  if (settings.mail && publicUrl === undefined)
    say(
      "Mails with a link, such as for a forgotten password, are not sent: set BAILIWICK_URL to the console's address.",
    );
  const address = addressOf(opened, host, publicUrl);
  await lock?.announce(address);
  say(`Bailiwick is ready at ${address}`);
  void warnOfClosedProviders();
  const token = await issueSetupToken();
  if (token) say(`Create the first account at ${address}/setup?token=${token}`);
}
