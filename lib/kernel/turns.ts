import { notNow } from "./unavailable.ts";

interface Waiter {
  begin: () => void;
  refuse: (error: Error) => void;
}

/**
 * Lets a few at a time do something that is scarce; the others wait here, where they hold nothing.
 * Turns go round the callers, so that a hundred requests of one delay another's only request by one turn.
 */
export class Turns {
  readonly #limits: { atOnce: number; waiting: number; patience: number };
  #running = 0;
  #waiting = 0;
  /** By caller; whoever was served last stands last. */
  readonly #queues = new Map<string, Waiter[]>();

  /** `waiting`: how many may wait in all; `patience`: for how many milliseconds each. */
  constructor(limits: { atOnce: number; waiting: number; patience: number }) {
    this.#limits = limits;
  }

  /** Runs `work` when it is the turn of `caller`; throws `unavailable` (`busy`) when that takes too long. */
  async run<T>(caller: string, work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#limits.atOnce) this.#running += 1;
    else await this.#wait(caller);
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  #wait(caller: string): Promise<void> {
    if (this.#waiting >= this.#limits.waiting) this.#makeRoom(caller);
    const queue = this.#queues.get(caller) ?? [];
    this.#queues.set(caller, queue);
    this.#waiting += 1;
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        begin: () => {
          clearTimeout(timer);
          resolve();
        },
        refuse: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        this.#leave(caller, waiter);
        reject(notNow("busy"));
      }, this.#limits.patience);
      queue.push(waiter);
    });
  }

  /** Whoever fills the queue pays for it: the caller with the most in it loses the last one. */
  #makeRoom(caller: string): void {
    let [longest, most] = [caller, this.#queues.get(caller) ?? []];
    for (const [each, queue] of this.#queues) if (queue.length > most.length) [longest, most] = [each, queue];
    const last = most.at(-1);
    if (longest === caller || !last) throw notNow("busy");
    this.#leave(longest, last);
    last.refuse(notNow("busy"));
  }

  #leave(caller: string, waiter: Waiter): void {
    const queue = this.#queues.get(caller) ?? [];
    queue.splice(queue.indexOf(waiter), 1);
    this.#waiting -= 1;
    if (queue.length === 0) this.#queues.delete(caller);
  }

  /** The turn that ended passes on. */
  #next(): void {
    const [first] = this.#queues;
    if (!first) {
      this.#running -= 1;
      return;
    }
    const [caller, queue] = first;
    const waiter = queue[0] as Waiter;
    this.#leave(caller, waiter);
    if (this.#queues.delete(caller)) this.#queues.set(caller, queue);
    waiter.begin();
  }
}
