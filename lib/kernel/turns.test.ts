import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import type { Caller, ForWhom } from "./caller.ts";
import { Turns } from "./turns.ts";

/** With the log's summary of those who were refused, which is a timer as well. */
afterEach(() => {
  if (vi.isFakeTimers()) vi.runAllTimers();
  vi.useRealTimers();
});

const known = (name: string): Caller => ({ whom: "known", name });
const stranger = (name: string): Caller => ({ whom: "stranger", name });

/** Work that ends when it is told to; `order` is in which order it began. */
function works(turns: Turns) {
  const order: string[] = [];
  const ends: (() => void)[] = [];
  const start = (caller: Caller) => {
    const done = turns.run(caller, () => {
      order.push(caller.name);
      return new Promise<void>((end) => ends.push(end));
    });
    done.catch(() => undefined);
    return done;
  };
  const end = async (times = 1) => {
    for (let count = 0; count < times; count += 1) {
      ends.shift()?.();
      await setImmediate();
    }
  };
  return { order, start, end };
}
const patience = 1_000;

test("so many run at once; the others in the order in which they came", async () => {
  const { order, start, end } = works(new Turns({ atOnce: 2, waiting: 10, patience }));
  for (const name of ["a", "b", "c", "d"]) void start(known(name));
  expect(order).toEqual(["a", "b"]);
  await end();
  expect(order).toEqual(["a", "b", "c"]);
  await end();
  expect(order).toEqual(["a", "b", "c", "d"]);
});

test.each([known, stranger])("the storm of one delays another's only request by one turn: %o", async (as) => {
  const { order, start, end } = works(new Turns({ atOnce: 1, waiting: 100, patience }));
  for (let times = 0; times < 40; times += 1) void start(as("storm"));
  void start(as("other"));
  await end(2);
  expect(order).toEqual(["storm", "storm", "other"]);
  await end(60);
  expect(order).toHaveLength(41);
});

test("somebody known who storms delays a stranger by two turns, and strangers who storm do not delay the known", async () => {
  const { order, start, end } = works(new Turns({ atOnce: 1, waiting: 100, patience }));
  for (let times = 0; times < 30; times += 1) void start(known("k"));
  for (let times = 0; times < 30; times += 1) void start(stranger(`s${times % 3}`));
  await end(60);
  expect(order.slice(0, 10)).toEqual(["k", "k", "k", "s0", "k", "k", "s1", "k", "k", "s2"]);
  expect(order).toHaveLength(60);
});

test("a full line refuses the one who fills it, and no other", async () => {
  const { order, start, end } = works(new Turns({ atOnce: 1, waiting: 5, patience }));
  const storm = Array.from({ length: 5 }, () => start(known("storm")));
  await expect(storm[4]).rejects.toMatchObject({ code: "unavailable", reason: "busy" });
  for (const name of ["a", "b", "c"]) void start(known(name));
  await expect(storm[3]).rejects.toMatchObject({
    reason: "busy",
    details: { retryAfter: expect.any(Number) },
  });
  // Everybody else has one waiting, and none to lose for whoever comes last.
  void start(known("d"));
  await expect(storm[2]).rejects.toMatchObject({ reason: "busy" });
  await expect(start(known("late"))).rejects.toMatchObject({ reason: "busy" });
  // The others' line is not theirs.
  void start(stranger("s"));
  await end(8);
  expect(order).toEqual(["storm", "storm", "a", "s", "b", "c", "d"]);
});

test("whoever has waited long enough is told so, and takes nobody's turn", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { order, start, end } = works(new Turns({ atOnce: 1, waiting: 3, patience }));
  void start(known("first"));
  const late = start(known("late"));
  vi.advanceTimersByTime(patience);
  await expect(late).rejects.toMatchObject({ reason: "busy" });
  void start(known("last"));
  await end();
  expect(order).toEqual(["first", "last"]);
});

test("one caller has so many at once and no more, also of those that are free; whoever comes later goes at once", async () => {
  const { order, start, end } = works(new Turns({ atOnce: 3, each: 2, waiting: 10, patience }));
  for (const name of ["storm", "storm", "storm", "storm", "other"]) void start(known(name));
  expect(order).toEqual(["storm", "storm", "other"]);
  await end();
  expect(order.slice(3)).toEqual(["storm"]);
  await end();
  expect(order.slice(4)).toEqual(["storm"]);
  void start(known("storm"));
  // The other's turn ends; the storm has its two, and whoever is new finds room.
  await end();
  expect(order).toHaveLength(5);
  void start(known("late"));
  expect(order.slice(5)).toEqual(["late"]);
  await end(5);
  expect(order).toHaveLength(7);
});

test("whatever comes when: one caller never has more than its share, and waits for nobody else where there is room", async () => {
  const step = fc.oneof(arrival, fc.record({ end: fc.nat(5) }));
  const limits = fc.record({ atOnce: fc.integer({ min: 1, max: 5 }), each: fc.integer({ min: 1, max: 3 }) });
  let held = 0;
  const property = fc.asyncProperty(
    limits,
    fc.array(step, { minLength: 30, maxLength: 80, size: "max" }),
    async (given, steps) => {
      const turns = new Turns({ ...given, waiting: 100, patience: 60_000 });
      const running: { name: string; end: () => void }[] = [];
      const waiting: string[] = [];
      for (const one of steps) {
        if ("name" in one) {
          const name = `${one.whom} ${one.name}`;
          waiting.push(name);
          void turns.run({ whom: one.whom, name }, () => {
            waiting.splice(waiting.indexOf(name), 1);
            return new Promise<void>((end) => running.push({ name, end }));
          });
        } else if (running.length > 0) running.splice(one.end % running.length, 1)[0]?.end();
        await setImmediate();
        const of = (name: string) => running.filter((each) => each.name === name).length;
        expect(running.length).toBeLessThanOrEqual(given.atOnce);
        for (const { name } of running) expect(of(name)).toBeLessThanOrEqual(given.each);
        if (running.length === given.atOnce) continue;
        for (const name of waiting) expect(of(name)).toBe(given.each);
        held += waiting.length;
      }
      for (; running.length > 0; await setImmediate()) running.shift()?.end();
      expect(waiting).toEqual([]);
    },
  );
  await fc.assert(property, { numRuns: 100, seed: 7319 });
  expect(held).toBeGreaterThan(100);
});

test("work that fails passes its turn on", async () => {
  const turns = new Turns({ atOnce: 1, waiting: 1, patience });
  const failing = turns.run(known("a"), () => Promise.reject(new Error("no")));
  const next = turns.run(known("b"), () => Promise.resolve("done"));
  await expect(failing).rejects.toThrow();
  expect(await next).toBe("done");
});

interface Arrival {
  caller: Caller;
  state: "waiting" | "running" | "over" | "refused";
  /** Turns handed on when it came, and how many it may see before its own. */
  seen: number;
  most: number;
  since: number;
  /** How many it saw. */
  before?: number;
  end?: () => void;
}

const callers = ["a", "b", "c"];
const arrival = fc.record({
  whom: fc.constantFrom<ForWhom>("known", "stranger"),
  name: fc.constantFrom("a", "a", "a", ...callers),
});
const step = fc.oneof(
  { weight: 9, arbitrary: arrival },
  { weight: 6, arbitrary: fc.record({ end: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.constant({ pass: patience / 4 }) },
);

/**
 * Of the same kind, each other caller goes once in front of somebody's only request, or all of them once for each of
 * its caller's that came before it; and of three turns two are the known's.
 */
function mostBefore(all: readonly Arrival[], { whom, name }: Caller): number {
  const waiting = all.filter(({ state, caller }) => state === "waiting" && caller.whom === whom);
  const own = waiting.filter(({ caller }) => caller.name === name).length;
  const others = new Set(waiting.map(({ caller }) => caller.name)).size;
  const before = own === 0 ? others : (own + 1) * callers.length - 1;
  return whom === "known" ? before + 1 + Math.floor(before / 2) : before + 2 * (before + 1);
}

test("whatever comes when: never more at once, nobody lost, nobody waits longer than their share of turns", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let [waited, sentAway] = [0, 0];
  const limits = fc.record({
    atOnce: fc.integer({ min: 1, max: 3 }),
    waiting: fc.integer({ min: 1, max: 9 }),
  });
  const property = fc.asyncProperty(
    limits,
    fc.array(step, { minLength: 40, maxLength: 120, size: "max" }),
    async (given, steps) => {
      const turns = new Turns({ ...given, patience });
      const all: Arrival[] = [];
      const of = (wanted: Arrival["state"]) => all.filter(({ state }) => state === wanted);
      let [handed, now] = [0, 0];

      function arrive(caller: Caller): void {
        const one: Arrival = {
          caller,
          state: "waiting",
          seen: handed,
          most: mostBefore(all, caller),
          since: now,
        };
        const free = of("running").length < given.atOnce;
        const done = turns.run(caller, () => {
          if (!free) {
            one.before = handed - one.seen;
            handed += 1;
          }
          one.state = "running";
          return new Promise<void>((end) => {
            one.end = end;
          });
        });
        all.push(one);
        done.then(
          () => (one.state = "over"),
          ({ reason }) => (one.state = reason === "busy" ? "refused" : "waiting"),
        );
      }

      async function settled(): Promise<void> {
        await setImmediate();
        expect(of("running").length).toBeLessThanOrEqual(given.atOnce);
        if (of("running").length < given.atOnce) expect(of("waiting")).toEqual([]);
        for (const { before = 0, most } of all) expect(before).toBeLessThanOrEqual(most);
        for (const { since } of of("waiting")) expect(now - since).toBeLessThan(patience);
        for (const whom of ["known", "stranger"])
          expect(of("waiting").filter(({ caller }) => caller.whom === whom).length).toBeLessThanOrEqual(
            given.waiting,
          );
      }

      for (const one of steps) {
        if ("name" in one) arrive(one);
        else if ("end" in one) of("running")[one.end]?.end?.();
        else {
          now += one.pass;
          vi.advanceTimersByTime(one.pass);
        }
        await settled();
      }
      while (of("running").length > 0) {
        of("running")[0]?.end?.();
        await settled();
      }
      expect(of("over").length + of("refused").length).toBe(all.length);
      // The log's.
      expect(vi.getTimerCount()).toBeLessThanOrEqual(1);
      waited += handed;
      sentAway += of("refused").length;

      // As new: so many begin at once, and one more waits.
      for (let count = 0; count <= given.atOnce; count += 1) arrive(known("a"));
      expect([of("running").length, of("waiting").length]).toEqual([given.atOnce, 1]);
      for (let count = 0; count <= given.atOnce; count += 1) {
        of("running")[0]?.end?.();
        await settled();
      }
    },
  );
  await fc.assert(property, { numRuns: 200, seed: 7318 });
  expect(waited).toBeGreaterThan(1_000);
  expect(sentAway).toBeGreaterThan(1_000);
});
