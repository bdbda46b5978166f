import { rowOf, writeRows } from "./audit.ts";
import { product } from "./caller.ts";
import { type Tx, transaction } from "./database.ts";
import { type Counter, hourOf, poolOf, type Refusal, RefusalCounters, type Sum } from "./refusal-counters.ts";
import { once } from "./registry.ts";
import { noteSharedLimit } from "./unnamed-proxy.ts";

interface Waiting {
  refusal: Refusal;
  done(): void;
  failed(error: unknown): void;
}

interface Queue {
  waiting: Waiting[];
  running: boolean;
}

const atOnce = 500;

/**
 * Puts a refusal into the audit log: the first few of an hour as rows of their own, the next as a count that becomes one
 * row when the hour is over. It is kept once this resolves. However many come at once, they take one connection: those
 * that arrive while others are written are written together, after them.
 */
export function recordRefusal(refusal: Refusal): Promise<void> {
  const { reason, call } = refusal;
  if (reason === "too_many_attempts" && call.address !== undefined) noteSharedLimit(call.address);
  const queue = queueOf();
  const written = new Promise<void>((done, failed) => void queue.waiting.push({ refusal, done, failed }));
  if (!queue.running) void drain(queue);
  return written;
}

const queueOf = () => once<Queue>("refusals", () => ({ waiting: [], running: false }));

async function drain(queue: Queue): Promise<void> {
  queue.running = true;
  while (queue.waiting.length > 0) await settle(queue.waiting.splice(0, atOnce));
  queue.running = false;
}

async function settle(batch: readonly Waiting[]): Promise<void> {
  try {
    await write(batch.map(({ refusal }) => refusal));
    for (const { done } of batch) done();
  } catch (error) {
    for (const { failed } of batch) failed(error);
  }
}

async function write(refusals: readonly Refusal[]): Promise<void> {
  const work = async (tx: Tx) => {
    await lockRefusals(tx);
    const pools = await load(tx, refusals);
    const detailed = refusals.filter((refusal) => pools.get(nameOf(refusal))?.count(refusal));
    const rows = detailed.map(({ call, action, reason, target }) =>
      rowOf(call, { action, outcome: "refused", reason, target }),
    );
    await writeRows(tx, rows);
    await store(
      tx,
      [...pools.values()].flatMap(({ changed }) => [...changed]),
    );
  };
  await transaction(work, { turnOf: product("refusals") });
}

/** Counting is read, add and write: one at a time, over all instances. */
export async function lockRefusals(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(7318003)`;
}

const placeOf = ({ call }: Refusal) => ({ hour: hourOf(call.at), pool: poolOf(call) });
const nameOf = (refusal: Refusal) => Object.values(placeOf(refusal)).join(" ");

async function load(tx: Tx, refusals: readonly Refusal[]): Promise<Map<string, RefusalCounters>> {
  const places = new Map(refusals.map((refusal) => [nameOf(refusal), placeOf(refusal)]));
  const stored = await tx.refusalCounter.findMany({ where: { OR: [...places.values()] } });
  const counters = stored.map((row): Counter => ({ ...row, sum: row.sum as Sum | null }));
  const inPlace = ({ hour, pool }: Pick<Counter, "hour" | "pool">) =>
    counters.filter((one) => one.pool === pool && one.hour.getTime() === hour.getTime());
  return new Map([...places].map(([name, place]) => [name, new RefusalCounters(place, inPlace(place))]));
}

async function store(tx: Tx, counters: readonly Counter[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO refusal_counters (hour, pool, key, detailed, summed, sum)
    SELECT hour, pool, key, detailed, summed, NULLIF(sum, 'null')
    FROM jsonb_to_recordset(${JSON.stringify(counters)}::jsonb)
      AS c(hour timestamptz, pool text, key text, detailed int, summed int, sum jsonb)
    ON CONFLICT (hour, pool, key) DO UPDATE
    SET detailed = EXCLUDED.detailed, summed = EXCLUDED.summed, sum = EXCLUDED.sum`;
}
