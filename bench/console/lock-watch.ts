import pg from "pg";
import { median } from "./arithmetic.ts";

/** What was seen of the lock for access changes (lib/kernel/database.ts). */
export interface Watched {
  /** Share of the samples in which it was held, 0 to 1. */
  held: number;
  /** Milliseconds, as exactly as the samples lie: 10 apart. */
  holdMedian: number;
  /** How many waited for it, on average. */
  waiting: number;
}

const every = 10;

/** Looks at PostgreSQL's locks every 10 ms until `stop`. */
export async function watchLock(url: string): Promise<{ stop(): Promise<Watched> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let going = true;
  let samples = 0;
  let held = 0;
  let waiting = 0;
  const seen = new Map<string, { first: number; last: number }>();
  const look = async () => {
    while (going) {
      const { rows } = await client.query<{ holder: string; granted: boolean }>({
        name: "locks",
        text: `SELECT pid || ' ' || virtualtransaction AS holder, granted FROM pg_locks
          WHERE locktype = 'advisory' AND objid = 7318001 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      });
      const now = performance.now();
      samples += 1;
      for (const { holder, granted } of rows) {
        if (!granted) waiting += 1;
        else {
          held += 1;
          seen.set(holder, { first: seen.get(holder)?.first ?? now, last: now });
        }
      }
      await new Promise((done) => setTimeout(done, every));
    }
  };
  const looking = look();
  return {
    async stop() {
      going = false;
      await looking;
      await client.end();
      const holds = [...seen.values()].map(({ first, last }) => last - first + every);
      return { held: held / samples, holdMedian: median(holds), waiting: waiting / samples };
    },
  };
}
