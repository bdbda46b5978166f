// How long one check takes, beside the least that it could take and beside other libraries, in CPU nanoseconds.
// All contestants answer in turns within one process; every answer is looked at. In three rounds, each of which says how
// many times the floor a contestant took: what counts is the ratio, and whether the rounds agree on it.
import { loadavg } from "node:os";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { millisecondsOfChange } from "./access-checks/change.ts";
import type { Contestant, Loaded } from "./access-checks/contestant.ts";
import { nanosecondsOfFirstQuestion } from "./access-checks/first-question.ts";
import { checked, explained, floor, mapOfConditions } from "./access-checks/own.ts";
import { makeWorld, type Query, sizes, type World } from "./access-checks/world.ts";
import { median } from "./console/arithmetic.ts";

// Not by its name: a fresh clone is type-checked without the packages of bench/.
const peersFile = "./peers/access-checks.ts";
const { peers }: { peers: readonly Contestant[] } = await import(peersFile);

const rounds = 3;
/** How often each takes its turn in a round. */
const turns = Number(process.argv[2] ?? 3);
/** CPU milliseconds of one turn. */
const turn = 100;

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");
const cpu = () => {
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
  return (user + system) / 1000;
};
const held = () => {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

interface Measured {
  name: string;
  loaded: Loaded;
  queries: readonly Query[];
  repeats: number;
  load: number;
  memory: number;
  /** CPU nanoseconds of a question: the median of each round. */
  times: number[];
  bytes: number;
}

async function enter(contestant: Contestant, world: World): Promise<Measured | undefined> {
  const queries = world.queries.slice(0, contestant.takes?.(world) ?? world.queries.length);
  if (queries.length === 0) return undefined;
  const before = held();
  const begun = cpu();
  const loaded = await contestant.load(world);
  const load = cpu() - begun;
  for (const query of queries)
    if ((await loaded.answer(query)) !== query.allowed)
      throw new Error(`${contestant.name} is wrong about ${JSON.stringify(query)}`);
  // With whatever a contestant keeps of what it was asked.
  const memory = held() - before;
  return { name: contestant.name, loaded, queries, repeats: 1, load, memory, times: [], bytes: 0 };
}

/** CPU milliseconds of so many passes over the questions. */
async function pass({ loaded, queries }: Measured, repeats: number): Promise<number> {
  const begun = cpu();
  for (let n = 0; n < repeats; n++) {
    const counted = loaded.count(queries);
    if ((typeof counted === "number" ? counted : await counted) !== queries.length / 2)
      throw new Error("miscounted");
  }
  return cpu() - begun;
}

async function measure(world: World, contestants: readonly Contestant[]): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const contestant of contestants) {
    const one = await enter(contestant, world);
    if (one) measured.push(one);
  }
  for (const one of measured) while ((await pass(one, one.repeats)) < turn) one.repeats *= 2;
  for (let round = 0; round < rounds; round++) {
    const times = new Map<Measured, number[]>(measured.map((one) => [one, []]));
    for (let turn = 0; turn < turns; turn++)
      for (const [one, all] of times)
        all.push(((await pass(one, one.repeats)) * 1e6) / (one.repeats * one.queries.length));
    for (const [one, all] of times) one.times.push(median(all));
  }
  for (const one of measured) {
    collect();
    const before = process.memoryUsage().heapUsed;
    await one.loaded.count(one.queries);
    one.bytes = Math.max(0, process.memoryUsage().heapUsed - before) / one.queries.length;
  }
  return measured;
}

const line = (...cells: (string | number)[]) => {
  const [name = "", ...rest] = cells.map(String);
  console.log(`  ${name.padEnd(30)}${rest.map((cell) => cell.padStart(12)).join("")}`);
};

console.log(
  `load average ${loadavg()
    .map((one) => one.toFixed(1))
    .join(", ")}; Node ${process.version}`,
);
for (const size of sizes) {
  const world = makeWorld(size);
  const own = [size.conditions ? mapOfConditions : floor, checked, explained];
  const measured = await measure(world, [...own, ...peers]);
  const least = (measured[0] as Measured).times;
  console.log(`\n${world.title}; 1,000 users, half allowed`);
  const named = Array.from({ length: rounds }, (_, round) => `round ${round + 1}`);
  line("times the floor", ...named, "median", "CPU ns", "load ms", "MB", "bytes/check");
  for (const { name, times, load, memory, bytes } of measured) {
    const ratios = times.map((time, round) => time / (least[round] as number));
    const time = median(times);
    const figures = [...ratios, median(ratios)].map((one) => one.toFixed(1));
    figures.push(time.toFixed(time < 100 ? 1 : 0), load.toFixed(1));
    line(name, ...figures, (memory / 1e6).toFixed(1), bytes.toFixed(1));
  }
  const changes = Array.from({ length: 21 }, () => millisecondsOfChange(world));
  const milliseconds = (one: "anew" | "alone") => median(changes.map((change) => change[one])).toFixed(2);
  const first = Array.from({ length: 21 }, () => nanosecondsOfFirstQuestion(world));
  console.log(`  the first question about a user takes ${median(first).toFixed(0)} ns`);
  console.log(
    `  a changed grant is effective after ${milliseconds("alone")} ms, all compiled again ${milliseconds("anew")} ms`,
  );
}
