import { sweepAll } from "#lib/housekeeping/index.ts";
import { makeAuditMonths } from "#lib/kernel/audit-months.ts";
import { log, logBug } from "#lib/kernel/log.ts";
import { sumRefusals } from "#lib/kernel/sum-refusals.ts";
import { syncOverdue } from "#lib/scim/index.ts";

const minute = 60_000;

/** Keeps house once soon after the start and then every quarter of an hour; answers how to stop it. */
export function startHousekeeping(after = 2 * minute, every = 15 * minute): () => Promise<void> {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let timer = setTimeout(next, after).unref();
  function next() {
    running = once(stopping.signal);
    timer = setTimeout(next, every).unref();
  }
  return () => {
    clearTimeout(timer);
    stopping.abort();
    return running;
  };
}

async function once(stopping: AbortSignal): Promise<void> {
  await keepAuditLog();
  await attempt(() => syncOverdue(new Date()));
  await attempt(async () => {
    const swept = await sweepAll(new Date(), stopping);
    if (swept && Object.values(swept).some((count) => count > 0)) log().info(swept, "swept old rows");
  });
}

/** The months to come, and the sums of hours that are over. Also at the start, for what a console that is gone left. */
export async function keepAuditLog(): Promise<void> {
  await attempt(makeAuditMonths);
  await attempt(() => sumRefusals(new Date()));
}

/** What fails is no reason to stop, nor to leave the rest: the next time does its work. */
async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    logBug(error, "housekeeping");
  }
}
