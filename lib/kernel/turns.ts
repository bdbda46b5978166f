import type { Caller, ForWhom } from "./caller.ts";
import { Line, type Waiter } from "./line.ts";
import { once } from "./registry.ts";
import { notNow } from "./unavailable.ts";

/** Milliseconds that a request waits for its turn: somebody looks at a form meanwhile. */
export const patience = 10_000;

interface Limits {
  /** How many go on at once. */
  atOnce: number;
  /** How many of these may be one caller's; all, unless told otherwise. */
  each?: number;
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
  readonly #runningOf = new Map<string, number>();
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
    if (!this.#goesAtOnce(caller.name)) await this.#wait(caller);
    try {
      return await work();
    } finally {
      this.#end(caller.name);
    }
  }

  /**
   * Waits for the turn of `caller`, which lasts until what this answers is called, however often that is.
   * @throws as `run`
   */
  async enter(caller: Caller): Promise<() => void> {
    if (!this.#goesAtOnce(caller.name)) await this.#wait(caller);
    let left = false;
    return () => {
      if (!left) this.#end(caller.name);
      left = true;
    };
  }

  #goesAtOnce(caller: string): boolean {
    const goes = this.#running < this.#limits.atOnce && this.#mayGo(caller);
    if (goes) this.#begin(caller);
    return goes;
  }

  /** Whoever waits although there is room has all that one caller may have. */
  #mayGo = (caller: string): boolean =>
    (this.#runningOf.get(caller) ?? 0) < (this.#limits.each ?? this.#limits.atOnce);

  #begin(caller: string): void {
    this.#running += 1;
    this.#runningOf.set(caller, (this.#runningOf.get(caller) ?? 0) + 1);
  }

  /** The turn is handed on at once, so that nobody who comes just now gets in between. */
  #end(caller: string): void {
    this.#running -= 1;
    const left = (this.#runningOf.get(caller) ?? 1) - 1;
    if (left > 0) this.#runningOf.set(caller, left);
    else this.#runningOf.delete(caller);
    const next = this.#next();
    if (!next) return;
    this.#begin(next.caller);
    next.waiter.begin();
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

  #next() {
    const { known, stranger } = this.#lines;
    const strangersTurn = this.#knownInRow >= 2;
    const first = (strangersTurn ? stranger : known).next(this.#mayGo);
    const next = first ?? (strangersTurn ? known : stranger).next(this.#mayGo);
    const isKnown = first ? !strangersTurn : strangersTurn;
    this.#knownInRow = next && isKnown ? this.#knownInRow + 1 : 0;
    return next;
  }
}

/** The one queue of this name in the process, though Next bundles this module for itself, in development again and again. */
export const turnsAt = (name: string, limits: () => Limits): Turns =>
  once(`turns: ${name}`, () => new Turns(limits()));
