import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Catalogue } from "#lib/access/index.ts";
import { readCatalogue } from "#lib/catalogue/read-catalogue.ts";
import { root } from "./installation.ts";

/** Named after what is in them, so that every run writes the same few files. */
const folder = join(root, ".cache", "catalogues");

/** A catalogue of one's own: one that comes with the console, with a change. Answers the path of its file. */
export async function variant(name: string, change: (catalogue: Catalogue) => void): Promise<string> {
  const catalogue = await readCatalogue(name, root);
  change(catalogue);
  const grants = ({ permission, limits }: Catalogue["roles"][number]["grants"][number]) =>
    limits.length > 0 ? { permission, limits } : permission;
  const roles = catalogue.roles.map((role) => ({ ...role, grants: role.grants.map(grants) }));
  // JSON is YAML.
  const text = JSON.stringify({ ...catalogue, roles }, null, 2);
  const path = join(folder, `${createHash("sha256").update(text).digest("hex").slice(0, 16)}.yaml`);
  await mkdir(folder, { recursive: true });
  await writeFile(path, text);
  return path;
}

/** The role of this key in a catalogue. */
export function roleIn(catalogue: Catalogue, key: string): Catalogue["roles"][number] {
  const role = catalogue.roles.find((one) => one.key === key);
  if (!role) throw new Error(`The catalogue ${catalogue.catalogue} has no role ${key}.`);
  return role;
}
