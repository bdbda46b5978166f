import { availableParallelism } from "node:os";
import { AppError } from "./errors.ts";
import { registry } from "./registry.ts";

/** For whom work is done: somebody who has shown that they belong here, be it by a known browser, or anybody. */
export type ForWhom = "known" | "stranger";

/** How many of each may wait: some seconds' worth of work. */
export const mostWaiting = 64;

/** Seconds after which whoever was sent away may try again. */
const retryAfter = 5;

type Waiting = () => void;

interface Queue {
  running: number;
  /** How many places in a row the known have had. */
  knownInRow: number;
  waiting: Record<ForWhom, Waiting[]>;
}

const slot = "dear work";

function queue(): Queue {
  const { slots } = registry();
  if (!slots.has(slot))
    slots.set(slot, { running: 0, knownInRow: 0, waiting: { known: [], stranger: [] } } satisfies Queue);
  return slots.get(slot) as Queue;
}

/** One core stays free for everybody else's requests. */
export const mostAtOnce = (): number => Math.max(1, availableParallelism() - 1);

/**
 * Does work that is dear on purpose or by its nature (password hashes, estimates, signatures): so many at once in this
 * process, the others wait in line. Whoever is known is served before strangers, but of three places one is a stranger's:
 * somebody known who is never done leaves the door to everybody else's new browser open.
 * Never call it from within such work: it would wait for itself.
 * @throws AppError unavailable, reason busy, `details.retryAfter` in seconds, where too many of the same kind wait
 */
export async function dearWork<T>(whom: ForWhom, work: () => Promise<T>): Promise<T> {
  const line = queue();
  if (line.running >= mostAtOnce()) await inLine(line.waiting[whom]);
  else line.running++;
  try {
    return await work();
  } finally {
    // The place is handed on, so that nobody who comes just now gets in between.
    const next = nextOf(line);
    if (next) next();
    else line.running--;
  }
}

function nextOf(line: Queue): Waiting | undefined {
  const { known, stranger } = line.waiting;
  if (stranger.length > 0 && (known.length === 0 || line.knownInRow >= 2)) {
    line.knownInRow = 0;
    return stranger.shift();
  }
  line.knownInRow = known.length > 0 ? line.knownInRow + 1 : 0;
  return known.shift();
}

function inLine(waiting: Waiting[]): Promise<void> {
  if (waiting.length >= mostWaiting) throw busy();
  return new Promise((resolve) => waiting.push(resolve));
}

function busy(): AppError {
  const message = `Too many requests like this are waiting. Try again in ${retryAfter} seconds.`;
  // One of many alike, and no decision about anybody.
  return new AppError("unavailable", "busy", message, { details: { retryAfter } });
}
