import { addressBlock } from "#lib/kernel/address-block.ts";
import { log } from "#lib/kernel/log.ts";

const minute = 60_000;
const mostLines = 100;

const noted = { since: 0, blocks: new Set<string>() };

/**
 * Another site's page tried to act here: the first such request of a minute and an address block is in the log, of a
 * hundred blocks at most.
 */
export function noteForeignOrigin(address: string, facts: object): void {
  const now = Date.now();
  if (now - noted.since >= minute) {
    noted.since = now;
    noted.blocks.clear();
  }
  const { line } = addressBlock(address);
  if (noted.blocks.has(line) || noted.blocks.size >= mostLines) return;
  noted.blocks.add(line);
  log().warn({ where: "listener", address, ...facts }, "refused a request of another site");
}
