import { median } from "./arithmetic.ts";
import { type Exchange, type Operation, type Way, ways } from "./operation.ts";
import { type Measured, type Sample, slice, wrongWith } from "./slice.ts";
import type { CountStatements } from "./statements.ts";

/** What there is to measure with. */
export interface Setting {
  servers: Record<Way, Measured & { database: string }>;
  count: CountStatements | undefined;
  /** Milliseconds of one slice, and how many slices each way gets of each operation. */
  slice: number;
  rounds: number;
}

/** One way's figures for one operation: those of its best slice. CPU and times are milliseconds per request. */
export interface Figures {
  server: number | undefined;
  postgres: number | undefined;
  perSecond: number;
  p50: number;
  statements: number | undefined;
  /** Of an answer: packed as browsers ask for it, and plain. */
  bytes: number;
  plainBytes: number;
}

export interface Row {
  title: string;
  workers: number;
  by: Partial<Record<Way, Figures>>;
  /** Every answer that was not right. */
  wrong: string[];
}

/**
 * Measures an operation with so many workers: the ways take turns in slices of time, so that what else the machine does
 * meets all of them alike, and each keeps its best slice, the one that was disturbed least.
 */
export async function measure(setting: Setting, operation: Operation, workers = 1): Promise<Row> {
  const present = ways.flatMap((way) => {
    const exchange = operation.by[way];
    return exchange ? [{ way, exchange, samples: [] as Sample[] }] : [];
  });
  const row: Row = { title: operation.title, workers, by: {}, wrong: [] };
  const blame = (who: string, faults: readonly string[]) =>
    row.wrong.push(...faults.map((why) => `${operation.title}, ${who}: ${why}`));
  for (let round = -1; round < setting.rounds; round += 1) {
    for (const { way, exchange, samples } of present) {
      // The first round warms up; what has to be undone each time is too dear for that.
      if (round < 0 && operation.before) continue;
      const ms = operation.before ? 0 : round < 0 ? setting.slice / 5 : setting.slice;
      await operation.before?.();
      const sample = await slice(setting.servers[way], exchange, { ms, workers });
      blame(way, sample.wrong);
      if (round >= 0) samples.push(sample);
    }
  }
  for (const { way, exchange, samples } of present) {
    await operation.before?.();
    const { faults, ...counts } = await counted(setting, way, exchange, operation.before ? 1 : 5);
    blame(way, faults);
    row.by[way] = { ...bestOf(samples), ...counts };
  }
  blame("in the end", (await operation.settled?.()) ?? []);
  return row;
}

function bestOf(samples: readonly Sample[]): Omit<Figures, "statements" | "plainBytes"> {
  const cost = ({ server, postgres, perSecond }: Sample) =>
    server === undefined || postgres === undefined ? 1 / perSecond : server + postgres;
  const [best] = samples.toSorted((a, b) => cost(a) - cost(b)) as [Sample];
  const { server, postgres, perSecond, bytes } = best;
  return { server, postgres, perSecond, bytes, p50: median(best.times) };
}

/** Statements and plain bytes of some requests beside the clock. */
async function counted({ servers, count }: Setting, way: Way, exchange: Exchange, most: number) {
  let requests = 0;
  const { ask, database } = servers[way];
  const faults: string[] = [];
  let bytes = 0;
  const body = async () => {
    while (requests < most) {
      const asked = await exchange(0);
      if (asked === undefined) return;
      requests += 1;
      const answer = await ask({ ...asked, headers: { ...asked.headers, "accept-encoding": "identity" } });
      bytes += answer.bytes;
      faults.push(...wrongWith(answer, asked));
    }
  };
  const statements = count ? await count(database, body) : await body();
  return {
    statements: statements === undefined ? undefined : statements / requests,
    plainBytes: bytes / requests,
    faults,
  };
}
