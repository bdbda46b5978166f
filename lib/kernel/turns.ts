import type { Caller, ForWhom } from "./caller.ts";
import { Line, type Waiter } from "./line.ts";
import { registry } from "./registry.ts";
import { notNow } from "./unavailable.ts";

interface Limits {
  /** How many go on at once. */
  atOnce: number;
  /** How many of the known may wait, and how many strangers. */
  waiting: number;
  /** For how many milliseconds each. */
  patience: number;
}

/**
 * Lets a few at a time do something that is scarce; the others wait here, where they hold nothing. Whoever is known goes
 * before strangers, but while strangers wait every third turn is one of theirs: somebody known who is never done leaves
 * the door to everybody else's new browser open. Who comes next of either is their line's to say.
 */
export class Turns {
  readonly #limits: Limits;
  readonly #lines: Record<ForWhom, Line>;
  #running = 0;
  /** How many turns in a row the known have had. */
  #knownInRow = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#lines = { known: new Line(limits.waiting), stranger: new Line(limits.waiting) };
  }

  /**
   * Runs `work` when it is the turn of `caller`. Never call it from within such work: it would wait for itself.
   * @throws AppError unavailable, reason busy, when that takes too long or too many wait
   */
  async run<T>(caller: Caller, work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#limits.atOnce) this.#running += 1;
    else await this.#wait(caller);
    try {
      return await work();
    } finally {
      // The turn is handed on, so that nobody who comes just now gets in between.
      const next = this.#next();
      if (next) next.begin();
      else this.#running -= 1;
    }
  }

  #wait({ whom, name }: Caller): Promise<void> {
    const line = this.#lines[whom];
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        begin: () => {
          clearTimeout(timer);
          resolve();
        },
        refuse: () => {
          clearTimeout(timer);
          reject(notNow("busy"));
        },
      };
      const timer = setTimeout(() => {
        line.leave(name, waiter);
        waiter.refuse();
      }, this.#limits.patience);
      line.join(name, waiter);
    });
  }

  #next(): Waiter | undefined {
    const { known, stranger } = this.#lines;
    if (!stranger.isEmpty && (known.isEmpty || this.#knownInRow >= 2)) {
      this.#knownInRow = 0;
      return stranger.next();
    }
    this.#knownInRow = known.isEmpty ? 0 : this.#knownInRow + 1;
    return known.next();
  }
}

/** The one queue of this name in the process, though Next bundles this module for itself, in development again and again. */
export function turnsAt(name: string, limits: () => Limits): Turns {
  const { slots } = registry();
  const slot = `turns: ${name}`;
  const present = slots.get(slot) as Turns | undefined;
  if (present) return present;
  const made = new Turns(limits());
  slots.set(slot, made);
  return made;
}
