import { addressBlock } from "#lib/kernel/address-block.ts";
import { firstIn } from "#lib/kernel/first-in.ts";
import { log } from "#lib/kernel/log.ts";

/** Another site's page tried to act here: the first such request of a minute and an address block is in the log. */
export function noteForeignOrigin(address: string, facts: object): void {
  if (!firstIn(60_000, "foreign origin", addressBlock(address).line)) return;
  log().warn({ where: "listener", address, ...facts }, "refused a request of another site");
}
