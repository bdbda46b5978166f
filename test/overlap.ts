import { database, type Tx } from "#lib/kernel/database.ts";

/**
 * Runs `first` in a transaction that commits only once `second`, begun meanwhile, waits for a lock that it holds.
 * So two things meet at their worst moment, for certain. Fails when `second` gets by without waiting.
 */
export async function overlap<A, B>(
  first: (tx: Tx) => Promise<A>,
  second: () => Promise<B>,
): Promise<{ first: A; second: PromiseSettledResult<B> }> {
  let begun: Promise<PromiseSettledResult<B>> | undefined;
  const done = await database().$transaction(async (tx) => {
    const result = await first(tx);
    begun = settled(second());
    let over = false;
    void begun.then(() => {
      over = true;
    });
    while (!(await somebodyWaits())) if (over) throw new Error("The second did not wait for the first.");
    return result;
  });
  if (!begun) throw new Error("The second never began.");
  return { first: done, second: await begun };
}

async function settled<T>(promise: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [result] = await Promise.allSettled([promise]);
  return result;
}

async function somebodyWaits(): Promise<boolean> {
  const waiting = await database().$queryRaw<unknown[]>`
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return waiting.length > 0;
}
