import type { Catalogue, Policy } from "#lib/access/index.ts";
import type { Tx } from "./database.ts";

/** The compiled policy of one policy version, with the catalogue that it was loaded under. */
export interface ActivePolicy {
  version: number;
  policy: Policy;
  catalogue: Catalogue;
  /** The policy as a transaction sees it now: this one, while nothing has changed. */
  current(tx: Tx): Promise<ActivePolicy>;
}
