import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { addressBlock } from "#lib/kernel/address-block.ts";
import { log, logBug } from "#lib/kernel/log.ts";

const lines = new RateLimiterMemory({ points: 1, duration: 60 });

/** Another site's page tried to act here: the first such request of a minute and a line is in the log, the rest are not. */
export function noteForeignOrigin(address: string, facts: object): void {
  lines
    .consume(addressBlock(address).line)
    .then(() => log().warn({ where: "listener", address, ...facts }, "refused a request of another site"))
    .catch((error: unknown) => {
      if (!(error instanceof RateLimiterRes)) logBug(error, "listener");
    });
}
