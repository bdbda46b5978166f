import { createHash } from "node:crypto";
import { addressBlock } from "./address-block.ts";
import { type Target, whoOf } from "./audit.ts";
import type { Call } from "./call.ts";

/** Something that was refused, as the audit log is to have it. */
export interface Refusal {
  call: Call;
  action: string;
  reason: string;
  target: Target | undefined;
}

/** What an hour's refusals of a kind have in common, for the one row that they become. Instants are ISO texts. */
export interface Sum extends ReturnType<typeof whoOf> {
  action: string;
  reason: string;
  from: string;
  to: string;
  /** Blocks of addresses, and whom or what they were about: the first few. */
  addresses: string[];
  targets: Target[];
}

export interface Counter {
  hour: Date;
  pool: string;
  key: string;
  detailed: number;
  summed: number;
  sum: Sum | null;
}

/** How many refusals of an hour leave rows of their own: of one operation, and in all. */
export const rowsAnHour = { operation: 5, pool: 100 };
/** How many sums an hour has, of everybody who has not signed in and of one actor. The next are one sum together. */
export const sumsAnHour = { anonymous: 200, actor: 50 };
/** How many addresses and targets a sum tells apart. */
export const toldApart = { addresses: 100, targets: 20 };

const hour = 60 * 60_000;
export const hourOf = (at: Date) => new Date(Math.floor(at.getTime() / hour) * hour);

/** Strangers share one pool, and nobody's refusals use up what is kept of another's. */
export function poolOf({ actor }: Call): string {
  if (actor.kind === "anonymous") return "anonymous";
  return `${actor.kind} ${"id" in actor ? actor.id : actor.name}`;
}

/** The counters of one pool in one hour. It counts in memory: load, count and store them under one lock. */
export class RefusalCounters {
  readonly changed = new Set<Counter>();
  readonly #counters: Map<string, Counter>;
  readonly #at: Pick<Counter, "hour" | "pool">;

  constructor(at: Pick<Counter, "hour" | "pool">, stored: readonly Counter[]) {
    this.#at = at;
    this.#counters = new Map(stored.map((counter) => [counter.key, counter]));
  }

  /** Counts a refusal. True: it leaves a row of its own; false: it is part of a sum. */
  count(refusal: Refusal): boolean {
    const key = rowsKey(refusal);
    const rows = this.#counters.get(key)?.detailed ?? 0;
    if (rows < rowsAnHour.operation && this.#all("detailed") < rowsAnHour.pool) {
      this.#take(key).detailed++;
      return true;
    }
    const own = sumKey(refusal);
    const isOther = !this.#counters.has(own) && this.#sums() >= this.#mostSums();
    const counter = this.#take(isOther ? others : own);
    counter.summed++;
    counter.sum = added(counter.sum ?? begun(isOther ? unnamed(refusal) : refusal), refusal);
    return false;
  }

  #take(key: string): Counter {
    const counter = this.#counters.get(key) ?? { ...this.#at, key, detailed: 0, summed: 0, sum: null };
    this.#counters.set(key, counter);
    this.changed.add(counter);
    return counter;
  }

  #all = (what: "detailed" | "summed") =>
    [...this.#counters.values()].reduce((all, counter) => all + counter[what], 0);
  #sums = () => [...this.#counters.values()].filter(({ summed, key }) => summed > 0 && key !== others).length;
  #mostSums = () => (this.#at.pool === "anonymous" ? sumsAnHour.anonymous : sumsAnHour.actor);
}

const keyOf = (...parts: unknown[]) => createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
const others = "others";

const lineOf = ({ call }: Refusal) => addressBlock(call.address).line;

const rowsKey = (refusal: Refusal) =>
  refusal.call.actor.kind === "anonymous"
    ? keyOf("rows", refusal.action, lineOf(refusal))
    : keyOf("rows", refusal.action);

/** Strangers guess at accounts: which one is what an administrator looks for. A name that is nobody's tells nothing. */
const sumKey = (refusal: Refusal) =>
  refusal.call.actor.kind === "anonymous"
    ? keyOf("sum", refusal.action, refusal.reason, known(refusal)?.kind, known(refusal)?.id)
    : keyOf("sum", refusal.action, refusal.reason);

const known = ({ call, target }: Refusal) =>
  call.actor.kind === "anonymous" && target?.id === undefined ? undefined : target;

const unnamed = (refusal: Refusal): Refusal => ({
  ...refusal,
  action: "several operations",
  reason: "several",
});

const begun = ({ call, action, reason }: Refusal): Sum => {
  const at = call.at.toISOString();
  return { action, reason, ...whoOf(call.actor), from: at, to: at, addresses: [], targets: [] };
};

function added(sum: Sum, refusal: Refusal): Sum {
  const at = refusal.call.at.toISOString();
  const target = known(refusal);
  const isNew = target && !sum.targets.some(({ id, name }) => id === target.id && name === target.name);
  const line = lineOf(refusal);
  return {
    ...sum,
    from: [sum.from, at].sort()[0] as string,
    to: [sum.to, at].sort()[1] as string,
    addresses: [...new Set([...sum.addresses, line])].slice(0, toldApart.addresses),
    targets: isNew ? [...sum.targets, short(target)].slice(0, toldApart.targets) : sum.targets,
  };
}

const short = ({ kind, id, name }: Target): Target => ({
  kind,
  ...(id !== undefined && { id: id.slice(0, 100).toWellFormed() }),
  name: name.slice(0, 100).toWellFormed(),
});
