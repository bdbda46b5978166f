import { readFile, stat } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import type { Catalogue } from "#lib/access/index.ts";
import { nearest } from "#lib/access/index.ts";
import { StartError } from "#lib/kernel/errors.ts";
import { parseCatalogue } from "./parse-catalogue.ts";

/** The catalogues that come with the console, as files in `catalogues/`. */
export const shippedCatalogues = ["patchmon", "uptrakit", "ops-atlas", "utmstack", "rudder"] as const;

const remedy = `Set BAILIWICK_CATALOGUE to ${shippedCatalogues.join(", ")} or to the path of a YAML file of your own`;

/**
 * Reads the catalogue that `choice` names: one of the five, or the path of a file, relative to `root`.
 * `root` is the folder of the project. Throws a StartError when there is no such file or it is wrong.
 */
export async function readCatalogue(choice: string, root: string): Promise<Catalogue> {
  const file = locateCatalogue(choice, root);
  return parseCatalogue(await readText(file), file);
}

function locateCatalogue(choice: string, root: string): string {
  if (shippedCatalogues.some((name) => name === choice)) return join(root, "catalogues", `${choice}.yaml`);
  const looksLikePath = /[/\\]/.test(choice) || extname(choice) !== "";
  if (looksLikePath) return resolve(root, choice);
  const meant = nearest(choice, shippedCatalogues);
  throw new StartError(
    "catalogue_unknown",
    `No catalogue named "${choice}" comes with Bailiwick${meant ? ` (did you mean ${meant}?)` : ""}. ${remedy}.`,
  );
}

async function readText(file: string): Promise<string> {
  try {
    if (!(await stat(file)).isFile())
      throw new StartError("catalogue_unreadable", `The catalogue ${file} is not a file. ${remedy}.`);
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (error) {
    if (error instanceof StartError) throw error;
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new StartError("catalogue_not_found", `There is no catalogue at ${file}. ${remedy}.`);
    }
    if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") {
      throw new StartError(
        "catalogue_unreadable",
        `The catalogue ${file} is not text in UTF-8. Save it as UTF-8 and start again.`,
      );
    }
    throw new StartError(
      "catalogue_unreadable",
      `The catalogue ${file} cannot be read (${String(code)}). Let the console's user read it.`,
    );
  }
}
