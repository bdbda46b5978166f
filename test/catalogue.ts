import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Catalogue } from "#lib/access/index.ts";
import { readCatalogue } from "#lib/catalogue/read-catalogue.ts";
import { root } from "./installation.ts";

/** A catalogue of one's own: one that comes with the console, with a change. Answers the path of its file. */
export async function variant(name: string, change: (catalogue: Catalogue) => void): Promise<string> {
  const catalogue = await readCatalogue(name, root);
  change(catalogue);
  const grants = ({ permission, limits }: Catalogue["roles"][number]["grants"][number]) =>
    limits.length > 0 ? { permission, limits } : permission;
  const roles = catalogue.roles.map((role) => ({ ...role, grants: role.grants.map(grants) }));
  const path = join(await mkdtemp(join(tmpdir(), "bailiwick-catalogue-")), `${name}.yaml`);
  // JSON is YAML.
  await writeFile(path, JSON.stringify({ ...catalogue, roles }, null, 2));
  return path;
}

/** The role of this key in a catalogue. */
export function roleIn(catalogue: Catalogue, key: string): Catalogue["roles"][number] {
  const role = catalogue.roles.find((one) => one.key === key);
  if (!role) throw new Error(`The catalogue ${catalogue.catalogue} has no role ${key}.`);
  return role;
}
