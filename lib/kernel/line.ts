export interface Waiter {
  begin: () => void;
  refuse: () => void;
}

interface Waiting {
  caller: string;
  waiter: Waiter;
}

/**
 * Those who wait. Turns go round the callers, so that a hundred requests of one delay another's only request by one
 * turn. One caller has half of it at most; and when it is full, whoever has most in it loses the last one.
 */
export class Line {
  readonly #places: number;
  #taken = 0;
  /** By caller; whoever was served last stands last. */
  readonly #queues = new Map<string, Waiter[]>();

  constructor(places: number) {
    this.#places = places;
  }

  /** Refuses the one for whom there is no place: this one, or the last of somebody who has more waiting. */
  join(caller: string, waiter: Waiter): void {
    const queue = this.#queues.get(caller) ?? [];
    if (queue.length >= Math.ceil(this.#places / 2) || !this.#hasRoomFor(queue.length + 1)) {
      waiter.refuse();
      return;
    }
    queue.push(waiter);
    this.#queues.set(caller, queue);
    this.#taken += 1;
  }

  leave(caller: string, waiter: Waiter): void {
    const queue = this.#queues.get(caller) ?? [];
    queue.splice(queue.indexOf(waiter), 1);
    this.#taken -= 1;
    if (queue.length === 0) this.#queues.delete(caller);
  }

  /** Whose turn it is, of the callers who may go now; they leave the line, and their caller goes to its end. */
  next(mayGo: (caller: string) => boolean): Waiting | undefined {
    for (const [caller, queue] of this.#queues) {
      const waiter = queue[0];
      if (!waiter || !mayGo(caller)) continue;
      this.leave(caller, waiter);
      if (this.#queues.delete(caller)) this.#queues.set(caller, queue);
      return { caller, waiter };
    }
    return undefined;
  }

  /** Whether there is a place for somebody who then has `many` waiting; one is taken from whoever has more. */
  #hasRoomFor(many: number): boolean {
    if (this.#taken < this.#places) return true;
    let [longest, most]: [string, Waiter[]] = ["", []];
    for (const [caller, queue] of this.#queues)
      if (queue.length > most.length) [longest, most] = [caller, queue];
    const last = most.at(-1);
    if (!last || most.length <= many) return false;
    this.leave(longest, last);
    last.refuse();
    return true;
  }
}
