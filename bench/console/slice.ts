import type { Answer, Ask } from "./ask.ts";
import type { Cpu } from "./cpu.ts";
import type { Asked, Exchange } from "./operation.ts";

/** One server, as a slice of time needs it. */
export interface Measured {
  ask: Ask;
  /** Of the server and of PostgreSQL; undefined where this system does not tell. */
  cpu: { server: Cpu; postgres: Cpu } | undefined;
}

/** What one slice of time saw of one server. Times and CPU are milliseconds per request. */
export interface Sample {
  requests: number;
  perSecond: number;
  server: number | undefined;
  postgres: number | undefined;
  times: number[];
  /** Of an answer over the wire. */
  bytes: number;
  wrong: string[];
}

/** Lets so many workers send one request after the other for so many milliseconds. Every answer is looked at. */
export async function slice(
  { ask, cpu }: Measured,
  exchange: Exchange,
  { ms, workers }: { ms: number; workers: number },
): Promise<Sample> {
  const times: number[] = [];
  const wrong: string[] = [];
  let bytes = 0;
  const server = cpu?.server() ?? 0;
  const postgres = cpu?.postgres() ?? 0;
  const begun = performance.now();
  const work = async (worker: number) => {
    do {
      const asked = await exchange(worker);
      if (asked === undefined) return;
      const sentAt = performance.now();
      const answer = await ask(asked);
      times.push(performance.now() - sentAt);
      bytes += answer.bytes;
      wrong.push(...wrongWith(answer, asked));
    } while (performance.now() - begun < ms);
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  const lasted = performance.now() - begun;
  const each = (used: number | undefined) => (used === undefined ? undefined : used / times.length);
  return {
    requests: times.length,
    perSecond: (times.length * 1000) / lasted,
    server: each(cpu && cpu.server() - server),
    postgres: each(cpu && cpu.postgres() - postgres),
    times,
    bytes: bytes / times.length,
    wrong,
  };
}

/** What is wrong with an answer, for people to read; nothing when it is empty. */
export function wrongWith(answer: Answer, { path, wrong }: Asked): string[] {
  try {
    const why = wrong(answer);
    return why === undefined ? [] : [`${path}: ${why}`];
  } catch (error) {
    return [`${path}: answered ${answer.status}, and not to be read: ${String(error)}`];
  }
}
