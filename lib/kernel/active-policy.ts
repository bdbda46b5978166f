import type { Catalogue, Policy } from "#lib/access/index.ts";

/** The compiled policy of one policy version, with the catalogue that it was loaded under. */
export interface ActivePolicy {
  version: number;
  policy: Policy;
  catalogue: Catalogue;
  /** What people call a role, by key. */
  roleLabels: ReadonlyMap<string, string>;
}
