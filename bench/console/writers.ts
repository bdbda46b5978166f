import { median } from "./arithmetic.ts";
import { type Ask, connectionsTo } from "./ask.ts";
import type { Bench } from "./bench.ts";
import { type ConsoleClient, consoleClient } from "./console-client.ts";
import { type Watched, watchLock } from "./lock-watch.ts";
import type { Exchange } from "./operation.ts";
import { changesRoles, roleChange, unlike, victims } from "./role-change.ts";
import { startMeasuredConsole } from "./servers.ts";
import { slice } from "./slice.ts";

export interface Writing {
  who: "console" | "better_auth" | "floor";
  writers: number;
  instances: number;
  perSecond: number;
  p50: number;
  /** The console's lock for access changes; the others have none. */
  lock: Watched | undefined;
  wrong: string[];
}

const numbers = [1, 8, 16];

/** Role changes by concurrent writers, on one instance of the console and on two, and by the peers. */
export async function writers(bench: Bench): Promise<Writing[]> {
  const second = await startMeasuredConsole(bench.addresses.console.database);
  const { ask, close } = connectionsTo(second.origin);
  try {
    const client = await consoleClient(second.origin, bench.owner.cookie);
    const instances = [
      { client: bench.console, ask: bench.servers.console.ask },
      { client, ask },
    ];
    const all: Writing[] = [];
    for (const howMany of [1, 2])
      for (const number of numbers.filter((one) => one >= howMany))
        all.push(await onConsole(bench, instances.slice(0, howMany), number));
    for (const who of ["better_auth", "floor"] as const)
      for (const number of numbers) all.push(await byPeer(bench, who, number));
    return all;
  } finally {
    close();
    await second.stop();
  }
}

type Instance = { client: ConsoleClient; ask: Ask };

async function onConsole(bench: Bench, instances: readonly Instance[], writers: number): Promise<Writing> {
  const people = await victims(bench, writers);
  const { exchange, ask } = writersOf(instances, people);
  await slice({ ask, cpu: undefined }, exchange, { ms: bench.slice / 5, workers: writers });
  const watch = await watchLock(bench.addresses.console.database);
  const sample = await slice({ ask, cpu: undefined }, exchange, {
    ms: bench.slice * bench.rounds,
    workers: writers,
  });
  const lock = await watch.stop();
  const wrong = [...sample.wrong, ...(await unlike(bench, people))];
  const { perSecond, times } = sample;
  return { who: "console", writers, instances: instances.length, perSecond, p50: median(times), lock, wrong };
}

/** Writers who take turns at the instances; each keeps to one. */
export function writersOf(instances: readonly Instance[], people: Parameters<typeof changesRoles>[1]) {
  const exchanges = instances.map(({ client }) => changesRoles({ console: client }, people));
  const owners = new Map<string | undefined, Ask>();
  const exchange: Exchange = async (worker) => {
    const place = worker % instances.length;
    const asked = await exchanges[place]?.(worker);
    owners.set(asked?.headers?.origin, instances[place]?.ask as Ask);
    return asked;
  };
  const ask: Ask = (sent) => (owners.get(sent.headers?.origin) as Ask)(sent);
  return { exchange, ask };
}

async function byPeer(bench: Bench, who: "better_auth" | "floor", writers: number): Promise<Writing> {
  const exchange = (await roleChange(bench, [writers])).by[who] as Exchange;
  const { ask } = bench.servers[who];
  await slice({ ask, cpu: undefined }, exchange, { ms: bench.slice / 5, workers: writers });
  const { perSecond, times, wrong } = await slice({ ask, cpu: undefined }, exchange, {
    ms: bench.slice * bench.rounds,
    workers: writers,
  });
  return { who, writers, instances: 1, perSecond, p50: median(times), lock: undefined, wrong };
}
