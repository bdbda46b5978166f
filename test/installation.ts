import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { loadCatalogue } from "#lib/catalogue/load.ts";
import { readCatalogue, shippedCatalogues } from "#lib/catalogue/read-catalogue.ts";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { registry } from "#lib/kernel/registry.ts";
import { createTestDatabase, ensureTemplate } from "./database.ts";

export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * An installation of its own: a fresh database with a catalogue, and this process pointed at it.
 * `beforeAll(() => openInstallation("uptrakit"))` closes it as well: it answers how.
 * @param catalogue name of one that comes with the console, or the path of a file
 */
export async function openInstallation(catalogue = "patchmon"): Promise<() => Promise<void>> {
  const { url, drop } = await createTestDatabase(undefined, await templateOf(catalogue));
  pointAt(url);
  return async () => {
    await database().$disconnect();
    await drop();
  };
}

/** A template into which the catalogue was loaded: once for each run and document, not for each test file. */
async function templateOf(catalogue: string): Promise<string> {
  const isShipped = shippedCatalogues.some((name) => name === catalogue);
  const document = isShipped ? catalogue : JSON.stringify(await readCatalogue(catalogue, root));
  const name = `catalogue_${createHash("sha256").update(document).digest("hex").slice(0, 16)}`;
  return ensureTemplate(name, async (url) => {
    pointAt(url);
    await loadCatalogue(catalogue, root).finally(() => database().$disconnect());
  });
}

/** Makes this process one that has just started: it has nothing in memory, no client, no policy, no counters. */
export function pointAt(databaseUrl = env().databaseUrl): void {
  Object.assign(registry(), {
    env: { ...env(), databaseUrl, databasePoolSize: 10 },
    database: undefined,
    slots: new Map(),
  });
}

/** Does something as another instance on the same database would: nothing in memory is shared with this one. */
export async function onAnotherInstance<T>(body: () => Promise<T>): Promise<T> {
  const own = { ...registry() };
  pointAt();
  try {
    return await body();
  } finally {
    await database().$disconnect();
    Object.assign(registry(), own);
  }
}
