import { sweep } from "#lib/housekeeping/index.ts";
import { log, logBug } from "#lib/kernel/log.ts";
import { syncOverdue } from "#lib/scim/index.ts";

const minute = 60_000;

/**
 * Sweeps once soon after the start and then every quarter of an hour, and every minute goes on with people whose roles
 * are still to be worked out. Answers how to stop it.
 */
export function startHousekeeping(): () => Promise<void> {
  const stopped = new AbortController();
  const jobs = [
    repeat(() => syncOverdue(new Date(), stopped.signal), minute, minute),
    repeat(sweepOnce, 2 * minute, 15 * minute),
  ];
  return async () => {
    stopped.abort();
    await Promise.all(jobs.map((stop) => stop()));
  };
}

/** One that fails is no reason to stop: the next one does its work. It begins after the one before has ended. */
function repeat(work: () => Promise<void>, after: number, every: number): () => Promise<void> {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer = setTimeout(next, after).unref();
  function next() {
    running = work()
      .catch((error: unknown) => void logBug(error, "housekeeping"))
      .finally(() => {
        if (!stopped) timer = setTimeout(next, every).unref();
      });
  }
  return () => {
    stopped = true;
    clearTimeout(timer);
    return running;
  };
}

async function sweepOnce(): Promise<void> {
  const swept = await sweep(new Date());
  if (swept && Object.values(swept).some((count) => count > 0)) log().info(swept, "swept old rows");
}
