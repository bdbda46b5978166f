import { sweepAll } from "#lib/housekeeping/index.ts";
import { makeAuditMonths } from "#lib/kernel/audit-months.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { log, logBug } from "#lib/kernel/log.ts";
import { sumRefusals } from "#lib/kernel/sum-refusals.ts";
import { syncOverdue } from "#lib/scim/index.ts";

const minute = 60_000;

/**
 * Keeps house once soon after the start and then every quarter of an hour, and every minute goes on with people whose roles
 * are still to be worked out. Answers how to stop it.
 */
export function startHousekeeping(): () => Promise<void> {
  const stopped = new AbortController();
  const jobs = [
    repeat(() => syncOverdue(new Date(), stopped.signal), minute, minute),
    repeat(() => keepHouse(stopped.signal), 2 * minute, 15 * minute),
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
      .catch(report)
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

async function keepHouse(stopping: AbortSignal): Promise<void> {
  await keepAuditLog();
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
    report(error);
  }
}

/** An outage of the database is no bug, and is in the log already. */
function report(error: unknown): void {
  if (!(error instanceof AppError && error.code === "unavailable")) logBug(error, "housekeeping");
}
