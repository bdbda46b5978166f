import { createHash } from "node:crypto";
import type { Catalogue } from "#lib/access/index.ts";
import { systemCall } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { AppError, StartError } from "#lib/kernel/errors.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { bringInLine } from "./bring-in-line.ts";
import { readCatalogue } from "./read-catalogue.ts";

export { readCatalogue };

/** Reads the catalogue that the settings name and brings the database in line with it. */
export async function loadCatalogue(nameOrPath: string, root: string): Promise<Catalogue> {
  return storeCatalogue(await readCatalogue(nameOrPath, root), nameOrPath);
}

/** Brings the database in line with a catalogue that was read already; nothing is written when it is. */
export async function storeCatalogue(catalogue: Catalogue, nameOrPath: string): Promise<Catalogue> {
  if (await isLoaded(catalogue)) return catalogue;
  try {
    await runCommand(bringInLine, systemCall("catalogue"), catalogue);
  } catch (error) {
    // A catalogue that would lock everybody out stops the start; nothing of it was kept.
    if (error instanceof AppError)
      throw new StartError(
        "catalogue_refused",
        `The catalogue ${nameOrPath} was not loaded: ${error.message}`,
      );
    throw error;
  }
  return catalogue;
}

/** The same document was loaded already: then there is nothing to do and nothing to audit. */
async function isLoaded(catalogue: Catalogue): Promise<boolean> {
  const row = await database().policy.findUnique({ where: { id: 1 }, select: { document: true } });
  return row !== null && fingerprint(row.document) === fingerprint(catalogue);
}

/** jsonb sorts keys its own way, so both sides are sorted before they are compared. */
function fingerprint(value: unknown): string {
  const sorted = JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
  return createHash("sha256").update(sorted).digest("hex");
}
