import { median, quantile } from "./arithmetic.ts";
import type { Bench } from "./bench.ts";
import { readerOf } from "./lists.ts";
import type { Exchange } from "./operation.ts";
import { pages } from "./pages.ts";
import { unlike, victims } from "./role-change.ts";
import { switchers } from "./scim-writers.ts";
import { type Sample, slice } from "./slice.ts";
import { writersOf } from "./writers.ts";

export interface Reading {
  /** Who else is at it: writers of role changes, SCIM clients, or as a control readers of a page that costs as much CPU. */
  beside: "none" | "writers" | "SCIM clients" | "readers";
  /** What the readers of the control read. */
  page?: string;
  number: number;
  p50: number;
  p95: number;
  reads: number;
  failedReads: number;
  others: number;
  failedOthers: number;
  /** Wrong answers that no number above has. */
  wrong: string[];
}

const numbers = [1, 8, 16, 32];

/** How many SCIM clients switch people off and on. */
const clients = 32;

/** A reader of the users list beside writers who wait for the lock, and beside as many who only read. */
export async function readers(bench: Bench): Promise<Reading[]> {
  const read = await readerOf(bench);
  const someone = await victims(bench, 1);
  const instance = { client: bench.console, ask: bench.servers.console.ask };
  const control = await equallyDear(bench, writersOf([instance], someone).exchange);
  const readings = [await beside(bench, read, "none", 0, undefined)];
  for (const number of numbers) {
    const people = await victims(bench, number);
    const { exchange } = writersOf([instance], people);
    const reading = await beside(bench, read, "writers", number, exchange);
    readings.push({ ...reading, wrong: [...reading.wrong, ...(await unlike(bench, people))] });
    readings.push({
      ...(await beside(bench, read, "readers", number, control.exchange)),
      page: control.title,
    });
  }
  const switching = await switchers(bench, clients);
  const alike = await equallyDear(bench, switching);
  readings.push(await beside(bench, read, "SCIM clients", clients, switching));
  readings.push({ ...(await beside(bench, read, "readers", clients, alike.exchange)), page: alike.title });
  return readings;
}

async function beside(
  bench: Bench,
  read: Exchange,
  who: Reading["beside"],
  number: number,
  exchange: Exchange | undefined,
): Promise<Reading> {
  // Long enough for some hundred reads, so that the slowest twentieth is more than one of them.
  const ms = bench.slice * bench.rounds * 2;
  const { console } = bench.servers;
  const none: Pick<Sample, "requests" | "wrong"> = { requests: 0, wrong: [] };
  const [own, others] = await Promise.all([
    slice(console, read, { ms, workers: 1 }),
    exchange ? slice(console, exchange, { ms, workers: number }) : none,
  ]);
  return {
    beside: who,
    number,
    p50: median(own.times),
    p95: quantile(own.times, 0.95),
    reads: own.requests,
    failedReads: own.wrong.length,
    others: others.requests,
    failedOthers: others.wrong.length,
    wrong: [...own.wrong, ...others.wrong].filter((why) => !/answered (5\d\d|429)/.test(why)),
  };
}

/** The page whose CPU comes nearest to that of a write: beside it, what is slower is slower for want of CPU. */
async function equallyDear(bench: Bench, write: Exchange): Promise<{ title: string; exchange: Exchange }> {
  const { console } = bench.servers;
  const cost = async (exchange: Exchange) => {
    const { server = 0, postgres = 0 } = await slice(console, exchange, { ms: bench.slice / 2, workers: 1 });
    return server + postgres;
  };
  const wanted = await cost(write);
  const costs: { title: string; exchange: Exchange; away: number }[] = [];
  for (const { title, by } of await pages(bench)) {
    const exchange = by.console as Exchange;
    costs.push({ title, exchange, away: Math.abs((await cost(exchange)) - wanted) });
  }
  return costs.toSorted((a, b) => a.away - b.away)[0] as (typeof costs)[number];
}
