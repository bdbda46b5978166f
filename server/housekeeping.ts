import { sweep } from "#lib/housekeeping/index.ts";
import { log, logBug } from "#lib/kernel/log.ts";
import { syncOverdue } from "#lib/scim/index.ts";

const minute = 60_000;

/** Sweeps once soon after the start and then every quarter of an hour; answers how to stop it. */
export function startHousekeeping(after = 2 * minute, every = 15 * minute): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let timer = setTimeout(next, after).unref();
  function next() {
    running = once();
    timer = setTimeout(next, every).unref();
  }
  return () => {
    clearTimeout(timer);
    return running;
  };
}

/** A sweep that fails is no reason to stop: the next one does its work. */
async function once(): Promise<void> {
  try {
    await syncOverdue(new Date());
    const swept = await sweep(new Date());
    if (swept && Object.values(swept).some((count) => count > 0)) log().info(swept, "swept old rows");
  } catch (error) {
    logBug(error, "housekeeping");
  }
}
